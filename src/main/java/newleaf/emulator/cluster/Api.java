package newleaf.emulator.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Answers one call with an object, or says that it is a watch.
final class Api {
  sealed interface Answer {
    /// @param code the HTTP status
    record Reply(int code, Doc body) implements Answer {}

    record Stream(Watch watch, long from) implements Answer {}
  }

  private final Store store;
  private final Resources resources;
  private final Access access;

  Api(Store store, Resources resources, Access access) {
    this.store = store;
    this.resources = resources;
    this.access = access;
  }

  /// @param listAge how old what a list shows is
  Answer answer(Call call, Duration listAge) {
    String user = access.user(call.header("Authorization"));
    Optional<Doc> discovery = Discovery.answer(call.path());
    if (discovery.isPresent()) {
      return new Answer.Reply(200, discovery.get());
    }
    Route route = Route.of(call.path());
    access.check(user, verb(call, route), route.key(route.name().orElse("")));
    boolean unknownPart = route.subresource().isPresent() && !route.isStatus();
    if (unknownPart || (route.isStatus() && !route.kind().hasStatus())) {
      throw Rejection.noSuchPath();
    }
    return route.name().isPresent()
        ? new Answer.Reply(200, one(call, route, route.key(route.name().get())))
        : many(call, route, listAge);
  }

  static String verb(Call call, Route route) {
    return switch (call.method()) {
      case "GET" -> call.flag("watch") ? "watch" : route.name().isPresent() ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> "delete";
      default -> throw Rejection.notAllowed();
    };
  }

  private Answer many(Call call, Route route, Duration listAge) {
    return switch (call.method()) {
      case "GET" -> call.flag("watch") ? watch(call, route) : list(call, route, listAge);
      case "POST" -> new Answer.Reply(201, create(call, route));
      default -> throw Rejection.notAllowed();
    };
  }

  private Answer list(Call call, Route route, Duration age) {
    Store.Listing listing = store.list(route.kind(), route.namespace(), age);
    List<Doc> items = listing.objects().stream().filter(selected(call, route)).toList();
    Page page = Page.of(items, call.parameter("limit"), call.parameter("continue"));
    Doc body =
        Doc.of("kind", route.kind().kind() + "List")
            .with(route.kind().apiVersion(), "apiVersion")
            .with(Long.toString(listing.version()), "metadata", "resourceVersion")
            .with(page.next(), "metadata", "continue")
            .with(page.items(), "items");
    return new Answer.Reply(200, body);
  }

  private Answer watch(Call call, Route route) {
    String from = call.parameter("resourceVersion");
    try {
      return new Answer.Stream(
          new Watch(store, route.kind(), selected(call, route)),
          from.isEmpty() ? 0 : Long.parseLong(from));
    } catch (NumberFormatException _) {
      throw Rejection.badRequest("Invalid value: \"" + from + "\": resourceVersion");
    }
  }

  private static Predicate<Doc> selected(Call call, Route route) {
    Predicate<Doc> inNamespace = o -> route.namespace().orElse(o.namespace()).equals(o.namespace());
    return inNamespace
        .and(Selector.labels(call.parameter("labelSelector")))
        .and(Selector.fields(call.parameter("fieldSelector")));
  }

  private Doc create(Call call, Route route) {
    Doc body = Wire.object(call.body());
    Key key = route.key(body.name());
    checkBody(key, body);
    if (key.name().isEmpty()) {
      throw Rejection.invalid(key, "metadata.name", "Required value: name is required");
    }
    return resources.create(key, body, call.writeOptions());
  }

  private Doc one(Call call, Route route, Key key) {
    return switch (call.method()) {
      case "GET" -> resources.get(key);
      case "PUT" -> {
        Doc body = Wire.object(call.body());
        checkBody(key, body);
        yield update(call, route, key, _ -> body);
      }
      case "PATCH" -> patch(call, route, key);
      case "DELETE" -> {
        Doc options = call.body().isEmpty() ? Doc.EMPTY : Wire.object(call.body());
        yield resources.delete(key, options, grace(call, options));
      }
      default -> throw Rejection.notAllowed();
    };
  }

  private Doc patch(Call call, Route route, Key key) {
    return switch (call.contentType()) {
      case "application/merge-patch+json" -> merge(call, route, key, Merge.JSON);
      case "application/strategic-merge-patch+json" -> merge(call, route, key, Merge.STRATEGIC);
      case "application/json-patch+json" -> {
        List<Doc> operations = Wire.objects(call.body());
        yield update(call, route, key, before -> JsonPatch.apply(before, operations));
      }
      case "application/apply-patch+yaml" -> {
        Doc config = Wire.object(call.body());
        checkBody(key, config);
        if (call.parameter("fieldManager").isEmpty()) {
          throw Rejection.badRequest("fieldManager: Required value: is required for apply patch");
        }
        yield resources.apply(key, config, call.writeOptions());
      }
      default -> throw Rejection.unsupported(call.contentType());
    };
  }

  private Doc merge(Call call, Route route, Key key, Merge merge) {
    Doc patch = Wire.object(call.body());
    return update(call, route, key, before -> merge.over(before, patch));
  }

  private Doc update(Call call, Route route, Key key, UnaryOperator<Doc> change) {
    return route.isStatus()
        ? resources.updateStatus(key, change, call.writeOptions())
        : resources.update(key, change, call.writeOptions());
  }

  private static void checkBody(Key key, Doc body) {
    String where = body.namespace().isEmpty() ? key.namespace() : body.namespace();
    if (!body.name().equals(key.name()) || !where.equals(key.namespace())) {
      throw Rejection.badRequest(
          "the name or namespace of the object (%s/%s) does not match the URL (%s/%s)"
              .formatted(body.namespace(), body.name(), key.namespace(), key.name()));
    }
  }

  private static Optional<Long> grace(Call call, Doc options) {
    String text = call.parameter("gracePeriodSeconds");
    if (!text.isEmpty()) {
      return Optional.of(Long.parseLong(text));
    }
    long given = options.number(-1, "gracePeriodSeconds");
    return given < 0 ? Optional.empty() : Optional.of(given);
  }
}
