package newleaf.emulator.workers;

import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/// The workflow that the workers run.
public final class Booking implements BookingWorkflow {
  private final BookingActivities activities =
      Workflow.newActivityStub(
          BookingActivities.class,
          ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(10)).build());

  @Override
  public String book(String trip) {
    return activities.reserve(trip);
  }
}
