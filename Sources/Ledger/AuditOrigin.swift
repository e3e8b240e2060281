import Encoding

/// Who writes audit lines: every line of a process says so.
package struct AuditOrigin: Sendable, Equatable {
    /// The user the process runs as.
    package var userID: UInt32
    /// The user who logged in, as the kernel kept it through su and sudo; nil for a service.
    package var loginID: UInt32?
    package var host: String

    package init(userID: UInt32, loginID: UInt32? = nil, host: String) {
        (self.userID, self.loginID, self.host) = (userID, loginID, host)
    }

    /// The members of a line that tell it: `"actor":{…},"host":…`.
    var members: String {
        let buffer = ByteBuffer(capacity: 128)
        var json = JSONWriter(buffer)
        json.name("actor")
        json.beginObject()
        json.member("uid", Int64(userID))
        if let loginID { json.member("login_uid", Int64(loginID)) }
        json.endObject()
        json.member("host", host)
        return buffer.all.string
    }
}
