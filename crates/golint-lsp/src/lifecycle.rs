//! A connection from its first message to its last: what may be said when. What is said in between, the server answers.

use std::io::{self, Read, Write};
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{RecvTimeoutError, select};
use golint_core::{Engine, EngineOptions, Level, StartError};
use golint_project::FileSystem;
use lsp_server::{ErrorCode, Message, Request, Response};

use crate::client::{self, Client};
use crate::server::Server;
use crate::transport::{Outgoing, Transport};
use crate::{checker, handbook, sweep};

/// How often it is looked whether the editor is still there.
const PULSE: Duration = Duration::from_secs(3);

/// Makes an engine.
pub type Start = fn(EngineOptions) -> Result<Engine, StartError>;

/// What a server is started with.
#[derive(Clone)]
pub struct ServerOptions {
    /// Of the engine: the working folder holds where the client names no folder of its own.
    pub engine: EngineOptions,
    /// How an engine is made of them: [`Engine::new`], or with packs that are part of the program.
    pub start: Start,
    /// What lies under the open documents: the disk, or what stands in for it.
    pub files: Arc<dyn FileSystem>,
    /// What the client is told.
    pub version: String,
    /// The least that is logged, unless the client's settings say otherwise; none for nothing at all.
    pub log_level: Option<Level>,
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// As the protocol has it: `shutdown`, then `exit`.
    Orderly,
    /// The client is gone, or said `exit` without `shutdown`.
    Abrupt,
}

/// Serves one client until it leaves.
///
/// # Errors
/// If the system gives no threads.
pub fn serve(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    options: &ServerOptions,
) -> io::Result<Ending> {
    let transport = Transport::start(input, output)?;
    let ending = match greet(&transport, options)? {
        Some((server, parent)) => run(&transport, server, parent)?,
        None => Ending::Abrupt,
    };
    transport.finish();
    Ok(ending)
}

/// Waits for `initialize`. None: the client left before.
fn greet(transport: &Transport, options: &ServerOptions) -> io::Result<Option<(Server, Option<u32>)>> {
    for message in &transport.incoming {
        match message {
            Message::Request(request) if request.method == "initialize" => {
                let params = match client::introduction(request.params) {
                    Ok(params) => params,
                    Err(error) => {
                        transport.outgoing.send(Response::new_err(
                            request.id,
                            ErrorCode::InvalidParams as i32,
                            format!("initialize: {error}"),
                        ));
                        continue;
                    }
                };
                let client = Client::new(&params.capabilities);
                transport.outgoing.send(Response::new_ok(request.id, client.greeting(&options.version)));
                let parent = params.process_id;
                return Ok(Some((Server::new(client, params, options, transport.outgoing.clone()), parent)));
            }
            Message::Request(request) => refuse(&transport.outgoing, request, ErrorCode::ServerNotInitialized),
            Message::Notification(notification) if notification.method == "exit" => return Ok(None),
            Message::Notification(_) | Message::Response(_) => {}
        }
    }
    Ok(None)
}

fn run(transport: &Transport, mut server: Server, parent: Option<u32>) -> io::Result<Ending> {
    let (jobs, done) = checker::start()?;
    let (sweeps, news) = sweep::start()?;
    let (inquiries, found) = handbook::start()?;
    let pulse = crossbeam_channel::tick(PULSE);
    loop {
        select! {
            recv(transport.incoming) -> message => {
                let Ok(message) = message else { return Ok(Ending::Abrupt) };
                if let Some(ending) = take(&mut server, transport, message) {
                    return Ok(ending);
                }
                // What was sent together is looked at together.
                while let Ok(message) = transport.incoming.try_recv() {
                    if let Some(ending) = take(&mut server, transport, message) {
                        return Ok(ending);
                    }
                }
            }
            recv(done) -> done => {
                let Ok(done) = done else { return Err(io::Error::other("the thread that checks files is gone")) };
                server.done(done);
            }
            recv(news) -> news => {
                let Ok(news) = news else { return Err(io::Error::other("the thread that sweeps is gone")) };
                server.swept(news);
            }
            recv(found) -> found => {
                let Ok(found) = found else { return Err(io::Error::other("the thread that looks up rules is gone")) };
                server.looked_up(found);
            }
            recv(pulse) -> _ => {
                if parent.is_some_and(|parent| !lives(parent)) {
                    return Ok(Ending::Abrupt);
                }
            }
        }
        if let Some(job) = server.next_job() {
            // The thread lives as long as this loop.
            let _ = jobs.send(job);
        }
        if let Some(sweep) = server.next_sweep() {
            let _ = sweeps.send(sweep);
        }
        if let Some(inquiry) = server.next_inquiry() {
            let _ = inquiries.send(inquiry);
        }
    }
}

/// Takes a message, unless it is the last one.
fn take(server: &mut Server, transport: &Transport, message: Message) -> Option<Ending> {
    match message {
        Message::Request(request) if request.method == "initialize" => {
            refuse(&transport.outgoing, request, ErrorCode::InvalidRequest);
        }
        Message::Request(request) if request.method == "shutdown" => {
            server.leave();
            transport.outgoing.send(Response::new_ok(request.id, ()));
            return Some(wait_for_exit(transport));
        }
        Message::Notification(notification) if notification.method == "exit" => return Some(Ending::Abrupt),
        Message::Request(request) => server.request(request),
        Message::Notification(notification) => server.notification(notification),
        Message::Response(response) => server.response(response),
    }
    None
}

/// After `shutdown` nothing is served.
fn wait_for_exit(transport: &Transport) -> Ending {
    loop {
        match transport.incoming.recv_timeout(Duration::from_secs(60)) {
            Ok(Message::Request(request)) => refuse(&transport.outgoing, request, ErrorCode::InvalidRequest),
            Ok(Message::Notification(notification)) if notification.method == "exit" => return Ending::Orderly,
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Ending::Abrupt,
        }
    }
}

fn refuse(outgoing: &Outgoing, request: Request, code: ErrorCode) {
    let why = match code {
        ErrorCode::ServerNotInitialized => format!("`{}` came before `initialize`", request.method),
        _ => format!("`{}` is not expected now", request.method),
    };
    outgoing.send(Response::new_err(request.id, code as i32, why));
}

/// Whether a process is there. Where there is no telling, the end of the pipe has to do.
#[cfg(unix)]
fn lives(process: u32) -> bool {
    let Some(process) = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw) else { return true };
    rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH)
}

#[cfg(not(unix))]
fn lives(_: u32) -> bool {
    true
}
