internal import PayHub
internal import Readers
internal import Secrets
internal import Tracks
internal import Values

extension CardData {
    /// What of a swipe goes to the gateway; `nil` for a bad read. An encrypted block goes whole:
    /// a binary one in `form`, a typed one as it was typed.
    init?(of swipe: borrowing Swipe, for order: PaymentOrder, as form: EncryptedTrackForm) {
        switch swipe.content {
        case .bad: return nil
        case .encrypted(let block):
            let form = block.form == .typed ? .asTyped : form
            let swiper = CardSource.Swiper(brand: swipe.reader.brand, model: swipe.reader.model)
            self.init(
                .encryptedTrack(block.frame, form: form, swiper: swiper), expiry: block.expiry)
        case .plain(let tracks):
            let one = tracks.track1.layout
            self.init(
                .tracks(track1: one?.text, track2: tracks.track2.layout?.text),
                expiry: tracks.expiry)
            if let one, order.customer != nil {
                let name = swipe.bytes.withBytes { CardholderName($0, in: one.name) }
                holder = (first: name.given, last: name.surname)
            }
        }
    }
}
