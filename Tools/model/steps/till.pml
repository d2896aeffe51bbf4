:: d_step { phase == idle && made < ATTEMPTS && !ticket[t].wish && !anyOther(bars, t) &&
            (t == 0 || made > 0) ->
     arm(t); phase = armed
   }
#ifdef CANCEL_TOLD_EARLY
:: d_step { notClaimed && attempt[current].ticket == t && !attempt[current].told ->
     attempt[current].told = DECLINED
   }
#endif
:: d_step { notClaimed && attempt[current].ticket == t -> record(current, cancelled); letGo() }
#ifdef CANCEL_AFTER_CLAIM
:: d_step { (phase == claimed || phase == latched || phase == writing) &&
            attempt[current].ticket == t && attempt[current].row == intent ->
     record(current, cancelled)
   }
#endif
:: d_step { !ticket[t].wish && anyOther(isPast, t) ->
     ticket[t].wish = 1;
#ifndef WISH_LAZY
     flush()
#endif
   }
:: d_step { ticket[t].wish && !ticket[t].promised -> ticket[t].promised = 1 }
