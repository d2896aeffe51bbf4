enum AdviceStub {}
