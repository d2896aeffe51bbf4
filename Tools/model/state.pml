/* What the journal, the lane, the network and the gateway hold. */

/* Rows of the journal. A rejection is a `declined` here, both say that nothing was charged. */
mtype:row = { none, intent, accepted, approved, declined, notSent, cancelled, notCharged,
              voiding, voided, refunding, refunded };
/* Where the attempt in the lane's hands stands; without one the lane is idle. */
mtype:phase = { idle, armed, swiped, claimed, latched, writing, waiting, fetching, broken };
/* Answers to a POST: a 201, its resource approved or not; a 4xx; a 201 with a foreign Location. */
mtype:reply = { silence, madeApproved, madeDeclined, refused, strange };
/* A void or refund on its way. */
mtype:call = { noCall, voidAsked, voidDone, tooLate, refundAsked, refundDone };
/* What the gateway's report does: tells the truth; shows nothing (wrong merchant or dates); shows
   its newest row alone (cut); answers the filter by note with rows missing or with all rows. */
mtype:report = { honest, blank, newestOnly, misfiltered };

#define NOTHING  0
#define APPROVED 1
#define DECLINED 2

typedef Attempt {
  /* the journal */
  mtype:row row = none;         /* as the process has it */
  mtype:row disk = none;        /* as a crash would leave it; differs only by lazy writes */
  bit ticket;
  unsigned incarnation : 3;     /* of the latch page at arm */
#ifdef LATCH_ROW_BOOT_ONLY
  unsigned boot : 2;
#endif
  bit voidRest;                 /* durable: copies beyond the adopted one are to be voided */
  /* memory of the process, gone by a crash */
  unsigned located : 2;         /* what the GET of the known id will say */
  unsigned inquiry : 2;         /* 1: L is over, 2: one empty read, 3: and 30 s after it */
  mtype:call call = noCall;
  /* network and gateway */
  bit left;                     /* a byte of the POST has left */
  bit posted;                   /* we sent it whole */
  unsigned onWire : 2;          /* copies not yet at the gateway */
  bit doubled;                  /* the network made a second copy */
  unsigned live : 2;            /* approved and not given back */
  bit refusedRow;               /* the gateway keeps a decline of it */
  bit givenBack;                /* the adopted charge was voided or refunded */
  bit unseen;                   /* committed, not yet in the report */
  bit settledCharge;            /* too late for a void */
#ifdef A7_DROPPED
  unsigned refunds : 2;         /* times that the gateway moved money back */
#endif
  /* the till */
  unsigned told : 2             /* what it heard: nothing, APPROVED, or DECLINED for all the rest */
};
Attempt attempt[ATTEMPTS];
unsigned made : 2;              /* attempts so far; sequence numbers are 1 .. made */

mtype:phase phase = idle;
unsigned current : 2;           /* the attempt in the lane's hands */
mtype:reply reply = silence;
mtype:report report = honest;

typedef Ticket {
  bit wish;                     /* to cancel, as the process has it */
  bit wishOnDisk;
  bit promised                  /* the till heard "will be cancelled" */
};
Ticket ticket[TICKETS];

/* The latch page: header with boot and incarnation, and one word, the highest sequence sent. */
typedef Page {
  unsigned boot : 2;
  unsigned incarnation : 3;
  unsigned word : 2;
  bit missing
};
Page page;
unsigned freshPages : 3;

/* How often what happened; bounded by the sizes. The number of power cuts is the boot id. */
unsigned crashes : 2;
unsigned pageLosses : 2;
unsigned powerCuts : 2;
unsigned lags : 1;
unsigned lies : 2;
unsigned glitches : 1;
unsigned foreign : 1;
unsigned losses : 2;
unsigned settled : 1;
hidden byte k;                  /* counts inside of steps */

#if ATTEMPTS == 1
#define everyAttempt(P) (P(0))
#define anyAttempt(P) (P(0))
#define sumOver(F, x) (F(0, x))
#define anyOther(P, x) (P(0, x))
#elif ATTEMPTS == 2
#define everyAttempt(P) (P(0) && P(1))
#define anyAttempt(P) (P(0) || P(1))
#define sumOver(F, x) (F(0, x) + F(1, x))
#define anyOther(P, x) (P(0, x) || P(1, x))
#else
#define everyAttempt(P) (P(0) && P(1) && P(2))
#define anyAttempt(P) (P(0) || P(1) || P(2))
#define sumOver(F, x) (F(0, x) + F(1, x) + F(2, x))
#define anyOther(P, x) (P(0, x) || P(1, x) || P(2, x))
#endif

#define isNegative(s) (s == declined || s == notSent || s == cancelled || s == notCharged \
                       || s == voided || s == refunded)
#define isEnd(s)      (s == approved || isNegative(s))
#define wanted(a)     (ticket[attempt[a].ticket].wish)
#define inHand(a)     (phase != idle && current == a)
#define inDoubt(a)    (attempt[a].row == intent && !inHand(a))

/* Live charges beyond those that the row stands for; the sweep voids them. */
#define surplus(a)    (isEnd(attempt[a].row) && attempt[a].live > (attempt[a].row == approved))

/* ---- the report ---- */
#define hasRow(a)     (attempt[a].live > 0 || attempt[a].refusedRow || attempt[a].givenBack)
#define visible(a)    (hasRow(a) && !attempt[a].unseen)
#define newerRow(b, a) (b > a && visible(b))
#define otherRow(b, a) (b != a && visible(b))
#define blind         (report == blank || report == newestOnly)
#define shown(a)      (visible(a) && (!blind || report == newestOnly && !anyOther(newerRow, a)))
/* The positive control: a known transaction older than every attempt is in the same read. */
#define controlShown  (!blind || report == newestOnly && !anyAttempt(visible))

/* What may last: nothing made of it, its end told and no copy too many, or honestly in doubt. */
#define givingBack(a) (attempt[a].row == voiding || attempt[a].row == refunding)
#define atRest(a)     (a >= made || (inDoubt(a) || givingBack(a)) && blind \
                       || isEnd(attempt[a].row) && attempt[a].told && (!surplus(a) || blind))
