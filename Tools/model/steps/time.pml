:: d_step { inDoubt(a) && attempt[a].inquiry == 0 && mayBeginReads(a) -> attempt[a].inquiry = 1 }
:: d_step { attempt[a].inquiry == 2 && reportCaughtUp(a) -> attempt[a].inquiry = 3 }
:: d_step { attempt[a].unseen -> attempt[a].unseen = 0 }
