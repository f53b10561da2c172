package newleaf.emulator.workers;

import io.temporal.activity.ActivityInterface;

@ActivityInterface
public interface BookingActivities {
  String reserve(String trip);
}
