//! What came of asking the web for an address. It does not know who asked, nor what it is called.

/// What came of asking for an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A reader gets there.
    Reached,
    /// A reader does not.
    Broken(Fault),
    /// A reader may get there, but a program cannot tell.
    Unclear(Doubt),
}

/// Why a reader does not get to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The server says so: a status of HTTP of 400 or more.
    Status(u16),
    /// No computer has this name.
    UnknownHost,
    /// There is no way to the computer, or none from here.
    Unreachable,
    /// The computer is there, but serves nothing.
    Refused,
    /// No answer within so many seconds.
    Silent(u64),
    /// The connection broke off, or what came was no answer.
    Broke,
    /// The address leads to another one, and on and on.
    Redirects,
    /// The certificate is none that a browser would take.
    Certificate(Certificate),
}

/// What is wrong with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certificate {
    /// Its time is over.
    Expired,
    /// It is for another name.
    OtherName,
    /// Nobody whom this machine trusts has signed it, or the server leaves a link of the chain out.
    UnknownIssuer,
    /// Anything else: revoked, not yet valid, made for another purpose.
    Invalid,
}

/// Why a program cannot tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The server wants to know who asks, or does not answer programs: 401, 403 and their like.
    Forbidden(u16),
    /// The server is busy and asks to come again later: 429 or 503.
    Busy(u16),
    /// The server sends on and on whoever does not keep its cookies.
    Cookies,
    /// The server knows only ways of encryption that this program does not.
    Encryption,
    /// This machine can make no encrypted connection: its processor or its list of trusted certificates is not up to it.
    NoEncryption,
    /// The address is none that can be asked for as it stands.
    Address,
}
