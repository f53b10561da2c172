package newleaf.emulator;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import newleaf.emulator.cloud.Account;
import newleaf.emulator.cloud.CloudOpsServer;
import newleaf.emulator.fault.Faults;
import newleaf.emulator.frontend.HandshakeLog;
import newleaf.emulator.frontend.MtlsFrontend;
import newleaf.emulator.frontend.Trusts;

/// A running Temporal Cloud of one account, on loopback ports.
public final class Emulator implements AutoCloseable {
  private final Account account;
  private final MtlsFrontend frontend;
  private final CloudOpsServer cloud;
  private final Faults faults;

  private Emulator(Account account, MtlsFrontend frontend, CloudOpsServer cloud, Faults faults) {
    this.faults = faults;
    this.account = account;
    this.frontend = frontend;
    this.cloud = cloud;
  }

  public static Emulator start(EmulatorSettings settings, InstantSource clock) {
    return start(settings, clock, new Faults());
  }

  /// @param clock right, whatever a fault makes the service take for the time
  public static Emulator start(EmulatorSettings settings, InstantSource clock, Faults faults) {
    InstantSource own = faults.clock(clock);
    Account account = new Account(settings.cloud(), own);
    List<Trusts> edges =
        IntStream.rangeClosed(1, settings.edges())
            .<Trusts>mapToObj(k -> new AccountTrusts(account, (double) k / settings.edges()))
            .toList();
    MtlsFrontend frontend =
        new MtlsFrontend(edges, settings.connectionAge(), settings.temporal(), own);
    CloudOpsServer cloud = CloudOpsServer.start(account, own, faults, frontend::address);
    return new Emulator(account, frontend, cloud, faults);
  }

  /// Of the Cloud Ops API, plaintext: `127.0.0.1:port`.
  public String cloudAddress() {
    return cloud.address();
  }

  /// Of the namespace's mTLS frontend: `127.0.0.1:port`.
  public String frontendAddress(String namespace) {
    return frontend.address(namespace);
  }

  /// The CA that signed the frontend's own certificate.
  public String serverCaPem() {
    return frontend.serverCaPem();
  }

  public Account account() {
    return account;
  }

  public Faults faults() {
    return faults;
  }

  public HandshakeLog handshakes() {
    return frontend.handshakes();
  }

  @Override
  public void close() {
    cloud.close();
    frontend.close();
  }
}
