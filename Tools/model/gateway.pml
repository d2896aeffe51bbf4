/* What happens to one attempt's messages on the wire and at the gateway. */

inline answer(a, what) {
  if
  :: phase == waiting && current == a && reply == silence -> reply = what
  :: else -> skip
  fi
}

#define doubledSoFar (sumOver(doubledCount, 0))
#define doubledCount(a, unused) attempt[a].doubled

inline takeBack(a) {
  if
  :: !attempt[a].givenBack && attempt[a].live > 0 -> 
     attempt[a].live--; attempt[a].givenBack = 1; attempt[a].settledCharge = 0
  :: else -> skip               /* "already voided", "already refunded": no money moves */
  fi
}

inline refund(a) {
  takeBack(a);
#ifdef A7_DROPPED
  attempt[a].refunds++;
#endif
  skip
}

/* Time passes: L after the send, 30 s after an empty read, the report catches up. */
#ifdef A1_DROPPED
#define allHasLanded(a) true
#else
#define allHasLanded(a) (attempt[a].onWire == 0)
#endif
#ifdef A2_DROPPED
#define reportCaughtUp(a) true
#else
#define reportCaughtUp(a) (!attempt[a].unseen)
#endif
#ifdef FIRST_READ_LATER
#define mayBeginReads(a) (allHasLanded(a) && reportCaughtUp(a))
#else
#define mayBeginReads(a) allHasLanded(a)
#endif

