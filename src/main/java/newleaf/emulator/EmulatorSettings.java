package newleaf.emulator;

import newleaf.emulator.cloud.Settings;
import newleaf.emulator.frontend.ConnectionAge;

/// How both halves of the emulator behave.
public record EmulatorSettings(Settings cloud, ConnectionAge connectionAge) {}
