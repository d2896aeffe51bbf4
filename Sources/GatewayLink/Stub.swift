enum GatewayLinkStub {}
