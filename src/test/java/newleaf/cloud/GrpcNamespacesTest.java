package newleaf.cloud;

import static newleaf.cloud.Samples.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.temporal.api.cloud.namespace.v1.Namespace;
import io.temporal.api.cloud.resource.v1.ResourceState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import newleaf.Failure;
import newleaf.NewleafException;
import newleaf.adopt.AllNamespaces;
import newleaf.cert.CertificateFilter;
import newleaf.cert.Fingerprint;
import newleaf.observed.NamespaceReading;
import newleaf.observed.ObservedNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcNamespacesTest {
  private static final TestAuthority OLD = TestAuthority.named("Old CA");
  private static final TestAuthority NEW = TestAuthority.named("New CA");

  private CloudRig rig;

  @BeforeEach
  void start() throws IOException {
    rig = new CloudRig();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void oneNamespaceIsReadWithItsBundleFiltersAndAddress() {
    Namespace sent = Samples.namespace(NAME, OLD.certificate(), NEW.certificate());
    rig.cloud.namespaces.put(NAME, sent.toBuilder().setAsyncOperationId("op").build());

    List<NamespaceReading> found = rig.namespaces().read(List.of(NAME));

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().acceptedClientCas())
        .containsExactly(OLD.certificate(), NEW.certificate());
    ObservedNamespace namespace = found.getFirst().namespace();
    assertThat(namespace.trusts(Fingerprint.of(NEW.certificate()))).isTrue();
    assertThat(namespace.resourceVersion()).isEqualTo("v1");
    assertThat(namespace.operation()).contains("op");
    assertThat(namespace.mtlsEnabled()).isTrue();
    assertThat(namespace.mtlsAddress()).contains(NAME + ".tmprl.cloud:7233");
    assertThat(namespace.bundleBytes())
        .isEqualTo(sent.getSpec().getMtlsAuth().getAcceptedClientCa().size());
    assertThat(namespace.filters())
        .containsExactly(
            new CertificateFilter(
                Optional.of("pay.*"), Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(rig.cloud.listings).isEmpty();
  }

  @Test
  void statesOtherThanActiveAndUpdatingAreUnavailable() {
    assertThat(stateOf(ResourceState.RESOURCE_STATE_ACTIVE))
        .isEqualTo(ObservedNamespace.State.ACTIVE);
    assertThat(stateOf(ResourceState.RESOURCE_STATE_UPDATING))
        .isEqualTo(ObservedNamespace.State.UPDATING);
    assertThat(stateOf(ResourceState.RESOURCE_STATE_DELETING))
        .isEqualTo(ObservedNamespace.State.UNAVAILABLE);
  }

  private ObservedNamespace.State stateOf(ResourceState state) {
    rig.cloud.namespaces.put(NAME, Samples.namespace(NAME).toBuilder().setState(state).build());
    return rig.namespaces().read(List.of(NAME)).getFirst().namespace().state();
  }

  @Test
  void severalNamespacesAreListedPageByPageAndStrangersLeftOut() {
    for (int i = 0; i < 2500; i++) {
      String name = "n%04d.a1b2c".formatted(i);
      rig.cloud.namespaces.put(name, Samples.namespace(name, OLD.certificate()));
    }

    List<NamespaceReading> found =
        rig.namespaces().read(List.of("n0003.a1b2c", "n1500.a1b2c", "n2499.a1b2c", "gone.a1b2c"));

    assertThat(found)
        .extracting(r -> r.namespace().name())
        .containsExactlyInAnyOrder("n0003.a1b2c", "n1500.a1b2c", "n2499.a1b2c");
    assertThat(rig.cloud.listings).hasSize(3).allMatch(r -> r.getPageSize() == 1000);
  }

  @Test
  void listingStopsOnceAllAreFound() {
    for (int i = 0; i < 2500; i++) {
      String name = "n%04d.a1b2c".formatted(i);
      rig.cloud.namespaces.put(name, Samples.namespace(name));
    }
    assertThat(rig.namespaces().read(List.of("n0001.a1b2c", "n0002.a1b2c"))).hasSize(2);
    assertThat(rig.cloud.listings).hasSize(1);
  }

  @Test
  void missingNamespaceIsLeftOut() {
    assertThat(rig.namespaces().read(List.of(NAME))).isEmpty();
    assertThat(rig.namespaces().read(List.of())).isEmpty();
  }

  @Test
  void bundleThatCanNotBeReadIsRemoteErrorWithTheNamespace() {
    String half =
        "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n"
            + newleaf.cert.Pem.of(OLD.certificate());
    for (String bundle :
        List.of(half, "junk", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
      Namespace.Builder broken = Samples.namespace(NAME).toBuilder();
      broken
          .getSpecBuilder()
          .getMtlsAuthBuilder()
          .setAcceptedClientCa(ByteString.copyFromUtf8(bundle));
      rig.cloud.namespaces.put(NAME, broken.build());

      assertThatThrownBy(() -> rig.namespaces().read(List.of(NAME)))
          .asInstanceOf(type(NewleafException.class))
          .extracting(NewleafException::failure)
          .asInstanceOf(type(Failure.RemoteError.class))
          .satisfies(f -> assertThat(f.text().code()).isEqualTo("NL3009"))
          .satisfies(f -> assertThat(f.text().where()).isEqualTo("namespace/" + NAME));
    }
  }

  @Test
  void allAreListedAndOneWhoseBundleCanNotBeReadSaysWhy() {
    for (int i = 0; i < 1200; i++) {
      String name = "n%04d.a1b2c".formatted(i);
      rig.cloud.namespaces.put(name, Samples.namespace(name, OLD.certificate()));
    }
    Namespace.Builder broken = Samples.namespace("n0007.a1b2c").toBuilder();
    broken
        .getSpecBuilder()
        .getMtlsAuthBuilder()
        .setAcceptedClientCa(ByteString.copyFromUtf8("junk"));
    rig.cloud.namespaces.put("n0007.a1b2c", broken.build());

    AllNamespaces.Listing listing = rig.namespaces().list();

    assertThat(listing.namespaces()).hasSize(1199);
    assertThat(listing.unreadable()).containsOnlyKeys("n0007.a1b2c");
    assertThat(listing.unreadable().get("n0007.a1b2c")).contains("NL3009", "0 PEM blocks");
    assertThat(rig.cloud.listings).hasSize(2);
  }

  @Test
  void overloadIsWaitedOutWithGrowingPauses() {
    rig.cloud.namespaces.put(NAME, Samples.namespace(NAME));
    for (int i = 0; i < 4; i++) {
      rig.cloud.failReads.add(i % 2 == 0 ? Status.UNAVAILABLE : Status.RESOURCE_EXHAUSTED);
    }

    assertThat(rig.namespaces().read(List.of(NAME))).hasSize(1);

    List<Duration> pauses = rig.timeline.pauses;
    assertThat(pauses).hasSize(4);
    for (int i = 0; i < 4; i++) {
      long middle = 250L << i;
      assertThat(pauses.get(i).toMillis()).isBetween(middle * 9 / 10 - 1, middle * 11 / 10 + 1);
    }
  }

  @Test
  void fifthLostConnectionIsTheLast() {
    for (int i = 0; i < 6; i++) {
      rig.cloud.failReads.add(Status.UNAVAILABLE.withDescription("not now"));
    }
    assertThatThrownBy(() -> rig.namespaces().read(List.of(NAME)))
        .isInstanceOf(NewleafException.class);
    assertThat(rig.cloud.failReads).hasSize(1);
  }

  @Test
  void exhaustedLimitsOfTheAccountAreWaitedForTwoMinutes() {
    for (int i = 0; i < 30; i++) {
      rig.cloud.failReads.add(Status.RESOURCE_EXHAUSTED.withDescription("rate limit exceeded"));
    }
    assertThatThrownBy(() -> rig.namespaces().read(List.of(NAME)))
        .hasMessageContaining("NL3016")
        .hasMessageContaining("rate limit exceeded");
    Duration waited = rig.timeline.pauses.stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(waited).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(122));
  }
}
