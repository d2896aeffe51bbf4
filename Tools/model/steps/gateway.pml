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
