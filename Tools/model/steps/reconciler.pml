:: d_step { !attempt[a].told && isTellable(a) -> tell(a) }

/* in doubt: the row is there */
:: d_step { inDoubt(a) && found(a) && attempt[a].live > 0 -> conclude(a, APPROVED) }
:: d_step { inDoubt(a) && found(a) && attempt[a].live == 0 -> conclude(a, DECLINED) }
/* it is not, and the control is */
:: d_step { inDoubt(a) && !found(a) && controlled(a) && (firstRead(a) || secondRead(a)) ->
     readEmpty(a)
   }
/* one read misses the row; not the second read too, when the first was early for the report */
:: d_step { inDoubt(a) && found(a) && glitches < GLITCHES && (firstRead(a) || glitchLater(a)) ->
     glitches++; readEmpty(a)
   }
#ifdef ROWS_NOT_COMPARED
:: d_step { inDoubt(a) && report == misfiltered && !visible(a) && anyOther(otherRow, a) ->
     conclude(a, APPROVED)
   }
#endif
#ifdef REFERENCE_ARMED_AGAIN
:: d_step { inDoubt(a) && phase == idle -> current = a; phase = armed }
#endif

/* the id is known: GET it */
#ifndef GET_NOT_REPEATED
:: d_step { attempt[a].row == accepted && !inHand(a) -> conclude(a, attempt[a].located) }
#endif

/* decided to give the money back */
:: d_step { attempt[a].row == voiding && attempt[a].call == noCall ->
     must(I12_void_after_durable_decision, attempt[a].disk == voiding);
     attempt[a].call = voidAsked
   }
:: d_step { attempt[a].row == voiding && attempt[a].call == voidDone && checked(a) ->
     attempt[a].call = noCall; record(a, voided)
   }
:: d_step { attempt[a].row == voiding && attempt[a].call == tooLate ->
     attempt[a].call = noCall; record(a, refunding)
   }
:: d_step { attempt[a].row == refunding && attempt[a].call == noCall ->
     must(I12_void_after_durable_decision, attempt[a].disk == refunding);
     attempt[a].call = refundAsked
   }
:: d_step { attempt[a].row == refunding && attempt[a].call == refundDone && checked(a) ->
     attempt[a].call = noCall; record(a, refunded)
   }
/* a copy of what was given back is given back as well */
:: d_step { (attempt[a].call == voidDone || attempt[a].call == refundDone) &&
            attempt[a].live > 0 && shown(a) ->
     flush(); attempt[a].live--
   }

/* the sweep: copies beyond the adopted one */
#ifndef NO_SWEEP
:: d_step { surplus(a) && shown(a) && !attempt[a].voidRest -> flush(); attempt[a].voidRest = 1 }
:: d_step { attempt[a].voidRest ->
     if :: surplus(a) -> attempt[a].live-- :: else -> attempt[a].voidRest = 0 fi
   }
#endif
