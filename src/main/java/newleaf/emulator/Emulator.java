package newleaf.emulator;

import java.time.InstantSource;
import newleaf.emulator.cloud.Account;
import newleaf.emulator.cloud.CloudOpsServer;
import newleaf.emulator.frontend.HandshakeLog;
import newleaf.emulator.frontend.MtlsFrontend;

/// A running Temporal Cloud of one account, on loopback ports.
public final class Emulator implements AutoCloseable {
  private final Account account;
  private final MtlsFrontend frontend;
  private final CloudOpsServer cloud;

  private Emulator(Account account, MtlsFrontend frontend, CloudOpsServer cloud) {
    this.account = account;
    this.frontend = frontend;
    this.cloud = cloud;
  }

  public static Emulator start(EmulatorSettings settings, InstantSource clock) {
    Account account = new Account(settings.cloud(), clock);
    MtlsFrontend frontend =
        new MtlsFrontend(
            new AccountTrusts(account), settings.connectionAge(), settings.temporal(), clock);
    CloudOpsServer cloud = CloudOpsServer.start(account, clock, frontend::address);
    return new Emulator(account, frontend, cloud);
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

  public HandshakeLog handshakes() {
    return frontend.handshakes();
  }

  @Override
  public void close() {
    cloud.close();
    frontend.close();
  }
}
