package newleaf.emulator.cloud;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.cloud.namespace.v1.MtlsAuthSpec;
import io.temporal.api.cloud.namespace.v1.NamespaceSpec;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import newleaf.cert.Pem;

/// What a namespace spec must fulfil, and the form it is kept in.
final class SpecRules {
  private static final Predicate<String> NAME =
      Pattern.compile("[a-z][a-z0-9-]{0,62}[a-z0-9]").asMatchPredicate();

  private SpecRules() {}

  static NamespaceSpec created(NamespaceSpec wanted, Instant now) {
    if (!NAME.test(wanted.getName())) {
      throw invalid("invalid namespace name '" + wanted.getName() + "'");
    }
    checkMtls(wanted.getMtlsAuth(), now);
    return normalised(wanted);
  }

  static NamespaceSpec updated(NamespaceSpec current, NamespaceSpec wanted, Instant now) {
    if (!wanted.getName().equals(current.getName())) {
      throw invalid("namespace name can not be changed");
    }
    checkMtls(wanted.getMtlsAuth(), now);
    NamespaceSpec next = normalised(withPlaces(current, wanted));
    if (next.equals(current)) {
      throw invalid("nothing to change");
    }
    return next;
  }

  /// mTLS and API keys are always told, and the bundle has one form, whatever was sent.
  static NamespaceSpec normalised(NamespaceSpec spec) {
    MtlsAuthSpec.Builder mtls = spec.getMtlsAuth().toBuilder();
    mtls.setAcceptedClientCa(
        ByteString.copyFromUtf8(
            BundleRules.normalised(spec.getMtlsAuth().getAcceptedClientCa().toStringUtf8())));
    return spec.toBuilder().setMtlsAuth(mtls).setApiKeyAuth(spec.getApiKeyAuth()).build();
  }

  /// Regions and replicas that are left out stay as they are: clients of newer versions leave out
  /// the deprecated ones.
  @SuppressWarnings("deprecation") // the field still counts
  private static NamespaceSpec withPlaces(NamespaceSpec current, NamespaceSpec wanted) {
    if (wanted.getRegionsCount() > 0 && !wanted.getRegionsList().equals(current.getRegionsList())) {
      throw invalid("regions can not be changed");
    }
    NamespaceSpec.Builder next = wanted.toBuilder();
    if (wanted.getRegionsCount() == 0) {
      next.addAllRegions(current.getRegionsList());
    }
    if (wanted.getReplicasCount() == 0) {
      next.addAllReplicas(current.getReplicasList());
    }
    return next.build();
  }

  private static void checkMtls(MtlsAuthSpec mtls, Instant now) {
    String bundle = mtls.getAcceptedClientCa().toStringUtf8();
    if (mtls.getEnabled() && bundle.isBlank()) {
      throw invalid("mtls auth is enabled and no ca certificate is given");
    }
    if (!bundle.isBlank()) {
      BundleRules.violation(bundle, now).ifPresent(SpecRules::refuse);
      checkPublic(bundle, mtls);
    }
    FilterRules.violation(mtls.getCertificateFiltersList()).ifPresent(SpecRules::refuse);
  }

  private static void checkPublic(String bundle, MtlsAuthSpec mtls) {
    if (mtls.getCertificateFiltersCount() == 0
        && Pem.certificates(bundle).stream().anyMatch(PublicCas::contain)) {
      throw invalid("a well-known public ca is accepted only together with certificate filters");
    }
  }

  private static void refuse(String why) {
    throw invalid(why);
  }

  static StatusRuntimeException invalid(String why) {
    return Status.INVALID_ARGUMENT.withDescription(why).asRuntimeException();
  }
}
