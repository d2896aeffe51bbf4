int swl_stub(void);
