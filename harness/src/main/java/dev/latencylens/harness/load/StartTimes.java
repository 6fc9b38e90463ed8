package dev.latencylens.harness.load;

/** What a kind of load says of its starts. All times are of the pacer's clock. */
interface StartTimes {
  /** How many starts there are. */
  int planned();

  /** When a start is due. */
  long dueNanos(int index, long startNanos, long nowNanos);

  /** How many are due, of which so many were released. */
  int dueBy(long elapsedNanos, int released);

  /** What the rates are of, if the load was not cancelled. */
  long windowNanos(long elapsedNanos);

  /** An open loop: the schedule knows it all. */
  record Scheduled(ArrivalSchedule schedule) implements StartTimes {
    @Override
    public int planned() {
      return schedule.size();
    }

    @Override
    public long dueNanos(final int index, final long startNanos, final long nowNanos) {
      return startNanos + schedule.offsetNanos(index);
    }

    @Override
    public int dueBy(final long elapsedNanos, final int released) {
      return schedule.dueBy(elapsedNanos);
    }

    @Override
    public long windowNanos(final long elapsedNanos) {
      return schedule.windowNanos();
    }
  }

  /** A closed loop: a user comes the moment there is a place, and nobody ever waits. */
  record AsPlacesFree(int planned) implements StartTimes {
    @Override
    public long dueNanos(final int index, final long startNanos, final long nowNanos) {
      return nowNanos;
    }

    @Override
    public int dueBy(final long elapsedNanos, final int released) {
      return released;
    }

    @Override
    public long windowNanos(final long elapsedNanos) {
      return elapsedNanos;
    }
  }
}
