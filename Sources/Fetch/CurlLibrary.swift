import CLibcurl
import Glibc

/// libcurl's one-time start for the process.
enum CurlLibrary {
    /// True once libcurl is ready; started at the first use.
    ///
    /// SIGPIPE is ignored from then on: with `CURLOPT_NOSIGNAL`, which threads need, libcurl leaves that to the program.
    static let isReady: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    }()
}
