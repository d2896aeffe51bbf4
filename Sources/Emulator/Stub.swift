internal import Hummingbird
internal import HummingbirdTLS
enum EmulatorStub {}
