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
  :: !attempt[a].givenBack && attempt[a].live > 0 -> attempt[a].live--; attempt[a].givenBack = 1
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

proctype Gateway(byte a) {
end: do
  /* a copy of the POST arrives */
  :: d_step { attempt[a].onWire > 0 ->
       attempt[a].onWire--; charged(a); answer(a, madeApproved)
     }
  :: d_step { attempt[a].onWire > 0 && lags < LAGS && !hasRow(a) ->
       attempt[a].onWire--; lags++; attempt[a].unseen = 1; charged(a); answer(a, madeApproved)
     }
  :: d_step { attempt[a].onWire > 0 ->
       attempt[a].onWire--; attempt[a].refusedRow = 1; answer(a, madeDeclined)
     }
  :: d_step { attempt[a].onWire > 0 ->                  /* a decline may be a 4xx with a row */
       attempt[a].onWire--; attempt[a].refusedRow = 1; answer(a, refused)
     }
  :: d_step { attempt[a].onWire > 0 -> attempt[a].onWire--; answer(a, refused) }
  :: d_step { attempt[a].onWire > 0 && foreign < FOREIGN && phase == waiting && current == a ->
       attempt[a].onWire--; foreign++; charged(a); answer(a, strange)
     }
  :: d_step { attempt[a].onWire > 0 && foreign < FOREIGN && phase == waiting && current == a ->
       attempt[a].onWire--; foreign++; answer(a, strange)
     }
  /* or never arrives, or twice */
  :: d_step { attempt[a].onWire > 0 -> attempt[a].onWire-- }
  :: d_step { attempt[a].onWire > 0 && !attempt[a].doubled && doubledSoFar < DUPLICATES ->
       attempt[a].onWire++; attempt[a].doubled = 1
     }

  /* a void: done, or done before, or too late for a void */
  :: d_step { attempt[a].call == voidAsked && !attempt[a].settledCharge ->
       takeBack(a); attempt[a].call = voidDone
     }
  :: d_step { attempt[a].call == voidAsked && !attempt[a].givenBack &&
              (attempt[a].settledCharge || settled < SETTLED) ->
       if :: attempt[a].settledCharge -> skip :: else -> settled++ fi;
       attempt[a].settledCharge = 1; attempt[a].call = tooLate
     }
  :: d_step { attempt[a].call == refundAsked ->
       refund(a); attempt[a].call = refundDone
     }
  /* its request is lost, or its answer */
  :: d_step { (attempt[a].call == voidAsked || attempt[a].call == refundAsked) &&
              losses < LOSSES -> losses++; attempt[a].call = noCall
     }
  :: d_step { attempt[a].call == voidAsked && !attempt[a].settledCharge && losses < LOSSES ->
       losses++; takeBack(a); attempt[a].call = noCall
     }
  :: d_step { attempt[a].call == refundAsked && losses < LOSSES ->
       losses++; refund(a); attempt[a].call = noCall
     }
  od
}

/* Time passes for one attempt: L after its send, 30 s after an empty read, the report catches up. */
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

proctype Time(byte a) {
end: do
  :: d_step { inDoubt(a) && attempt[a].inquiry == 0 && mayBeginReads(a) -> attempt[a].inquiry = 1 }
  :: d_step { attempt[a].inquiry == 2 && reportCaughtUp(a) -> attempt[a].inquiry = 3 }
  :: d_step { attempt[a].unseen -> attempt[a].unseen = 0 }
  od
}
