import CLibcurl
import Glibc

/// What libcurl calls while a transfer runs: bytes counted as they come, addresses judged as sockets open.
enum TransferCallbacks {
    /// An error page may pass by unkept up to this size, so that its connection can be used again.
    private static let ignoredByteLimit = 64 << 10

    static func install(on transfer: Transfer) throws(FetchFailure) {
        let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
        let handle = transfer.handle
        try unsafe handle.set(CURLOPT_WRITEFUNCTION, takeBody)
        try unsafe handle.set(CURLOPT_WRITEDATA, pointer: context)
        try unsafe handle.set(CURLOPT_HEADERFUNCTION, takeHeader)
        try unsafe handle.set(CURLOPT_HEADERDATA, pointer: context)
        try unsafe handle.setSocketOpening(openSocket)
        try unsafe handle.set(CURLOPT_OPENSOCKETDATA, pointer: context)
    }

    /// Decoded bytes: counting here is what stops a gzip bomb, which `CURLOPT_MAXFILESIZE` does not.
    private static let takeBody: counterfoil_curl_bytes = { bytes, size, count, context in
        guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
        let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let length = size * count
        guard transfer.isWanted else {
            transfer.ignoredByteCount += length
            return transfer.ignoredByteCount > ignoredByteLimit ? 0 : length
        }
        guard length <= transfer.byteLimit - transfer.body.count else {
            transfer.abort = .tooLarge(limit: transfer.byteLimit)
            return 0
        }
        unsafe transfer.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
        return length
    }

    private static let takeHeader: counterfoil_curl_bytes = { bytes, size, count, context in
        guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
        let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let length = size * count
        unsafe transfer.reader.take(UnsafeRawBufferPointer(start: bytes, count: length))
        if transfer.reader.byteCount > transfer.headerByteLimit {
            transfer.abort = .headersTooLarge(limit: transfer.headerByteLimit)
            return 0
        }
        if let coding = transfer.reader.refusedCoding {
            transfer.abort = .contentEncoding(coding)
            return 0
        }
        return length
    }

    /// Judges the very address about to be connected to, after name resolution: rebinding has no gap to use.
    private static let openSocket: counterfoil_curl_socket = { context, _, address in
        guard let context = unsafe context, let address = unsafe address else { return -1 }
        let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let family = unsafe address.pointee.family
        if let reach = transfer.reach {
            let length = unsafe Int(address.pointee.addrlen)
            guard let start = unsafe counterfoil_curl_address(address),
                let peer = unsafe PeerAddress(socketAddress: start, family: family, length: length)
            else { return -1 }
            guard peer.isWithin(reach) else {
                transfer.refusedAddress = peer.description
                return -1
            }
        }
        return unsafe socket(
            family,
            address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
            address.pointee.`protocol`
        )
    }
}
