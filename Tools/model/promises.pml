/* The invariants, by name; pan prints the name of the one that broke. The names are never set. */
hidden byte I1_byte_after_durable_intent_and_latch;
hidden byte I2_a_reference_is_posted_once;
hidden byte I3_approved_has_a_charge;
hidden byte I4_not_charged_has_none;
hidden byte I5_what_was_told_stays;
hidden byte I6_one_charge_a_ticket;
hidden byte I9_restart_shows_doubt_alone;
hidden byte I10_sweep_leaves_no_surplus;
hidden byte I11_promised_cancel_holds;
hidden byte I12_void_after_durable_decision;
hidden byte A7_money_goes_back_once;

#define must(promise, condition) assert((condition) || promise)

#define liveOn(a, t)    (attempt[a].ticket == t && !inDoubt(a) -> attempt[a].live : 0)
#define allLiveOn(a, t) (attempt[a].ticket == t -> attempt[a].live : 0)
#define doubledOn(a, t) (attempt[a].ticket == t && attempt[a].doubled)

/* A charge came into being. What was told must still be true, but for the network's copies. */
inline charged(a) {
  attempt[a].live++;
  must(I4_not_charged_has_none, attempt[a].told != DECLINED
       || attempt[a].doubled && attempt[a].row == declined);
  must(I6_one_charge_a_ticket, anyOther(doubledOn, attempt[a].ticket)
       || sumOver(allLiveOn, attempt[a].ticket) <= 1)
}

/* The till hears the end. Only a decline is told while a copy of it may still come. */
inline tell(a) {
  if
  :: attempt[a].row == approved ->
     must(I3_approved_has_a_charge, attempt[a].live >= 1);
     must(I11_promised_cancel_holds, !ticket[attempt[a].ticket].promised);
     attempt[a].told = APPROVED
  :: else ->
     must(I4_not_charged_has_none, attempt[a].live == 0 && attempt[a].onWire == 0
          || attempt[a].doubled && attempt[a].row == declined);
     attempt[a].told = DECLINED
  fi
}

/* What a restart finds must agree with what was told, and know of every byte that left. */
inline journalAgrees(a) {
  must(I5_what_was_told_stays, attempt[a].told != APPROVED || attempt[a].disk == approved);
  must(I5_what_was_told_stays, attempt[a].told != DECLINED || isNegative(attempt[a].disk));
  must(I9_restart_shows_doubt_alone, !attempt[a].left || attempt[a].disk != none)
}

#define quiet(a) (attempt[a].onWire == 0 && !attempt[a].unseen && attempt[a].call == noCall \
                  && (a >= made || inDoubt(a) || attempt[a].told && !sweepHasWork(a)))
#ifdef NO_SWEEP
#define sweepHasWork(a) false
#else
#define sweepHasWork(a) (surplus(a) && !blind)
#endif

/* Judges whenever nothing moves any more. An attempt in doubt is judged once it has ended. */
inline judge(a) {
  if
  :: inDoubt(a) || a >= made || blind -> skip
  :: else ->
     must(I6_one_charge_a_ticket, sumOver(liveOn, attempt[a].ticket) <= 1);
     must(I10_sweep_leaves_no_surplus, !surplus(a));
     must(I3_approved_has_a_charge, attempt[a].told != APPROVED || attempt[a].live == 1);
     must(I4_not_charged_has_none, attempt[a].told != DECLINED || attempt[a].live == 0);
     must(I11_promised_cancel_holds, !ticket[attempt[a].ticket].promised || attempt[a].live == 0)
#ifdef A7_DROPPED
     ; must(A7_money_goes_back_once, attempt[a].refunds <= 1)
#endif
  fi
}

