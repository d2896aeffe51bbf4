int swl_stub(void){return 0;}
