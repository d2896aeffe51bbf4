/* An actor a process. Weak fairness keeps none waiting for ever that could go on; a till that need
   not cancel or sell, and faults that need not happen, may stop. */
active proctype Lane() {
end: do
#include "steps/lane.pml"
  od
}

proctype Till(bit t) {
end: do
#include "steps/till.pml"
  :: break
  od
}

proctype Faults() {
end: do
#include "steps/faults.pml"
  :: break
  od
}

proctype Gateway(byte a) {
end: do
#include "steps/gateway.pml"
  od
}

proctype Time(byte a) {
end: do
#include "steps/time.pml"
  od
}

proctype Reconciler(byte a) {
end: do
#include "steps/reconciler.pml"
  od
}

/* Time goes on when nothing else does; or pan would look for no cycle in a world that stands. */
active proctype Tick() {
  do :: skip; skip od
}

init {
  atomic {
    run Faults();
    run Till(0);
    run Gateway(0); run Time(0); run Reconciler(0);
#if TICKETS > 1
    run Till(1);
#endif
#if ATTEMPTS > 1
    run Gateway(1); run Time(1); run Reconciler(1);
#endif
    skip
  }
}
