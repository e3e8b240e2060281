import Encoding
import JOSE

/// Turns a sealed result back into the result it was before.
struct SealedResults {
    /// Why a line is not turned back.
    enum Fault: Error, CustomStringConvertible {
        case notResult
        case notOpened(JWEFault)
        case notJSON

        var description: String {
            switch self {
            case .notResult: "is no result: not a JSON object on one line"
            case .notOpened(let fault): "is not opened: \(fault)"
            case .notJSON: "holds something else than a response"
            }
        }
    }

    private let opener: JWEOpener

    init(_ opener: JWEOpener) { self.opener = opener }

    /// Returns the result with `response` in place of `sealed`; one that is not sealed comes back as it is.
    func open(_ line: ByteSlice) throws(Fault) -> ByteBuffer {
        let document = JSONDocument(limits: .result)
        do throws(JSONError) { try document.parse(line) } catch { throw .notResult }
        guard document.root.kind == .object else { throw .notResult }
        let output = ByteBuffer(capacity: line.count)
        guard let sealed = document.root["sealed"]?.text else {
            output.append(line)
            return output
        }
        let response: ByteSlice
        do throws(JWEFault) { response = ByteSlice(try opener.open(sealed)) } catch { throw .notOpened(error) }
        let check = JSONDocument(limits: .result)
        do throws(JSONError) { try check.parse(response) } catch { throw .notJSON }
        var json = JSONWriter(output)
        json.beginObject()
        for member in document.root.members {
            if member.name.equals("sealed") {
                json.name("response")
                json.raw(response)
            } else {
                json.name(member.name)
                json.value(member.value)
            }
        }
        json.endObject()
        return output
    }
}
