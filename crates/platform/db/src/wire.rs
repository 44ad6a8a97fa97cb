//! The connection of one thread to a PostgreSQL server, on which several statements may be under way.
//!
//! With a network between, the way to the server and back takes longer than most statements take there. So what is asked for anyway is
//! sent together, and what nobody waits for is sent with what comes next ([`Wire::send`]). The server does all of it in the order in
//! which it was sent. Knows neither transactions nor which statements there are. Start at [`Wire::wait`].

use crate::error::DbError;
use crate::value::Encoded;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::tls::NoTlsStream;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, Connection, Error, NoTls, Row, Socket, Statement};

/// A server that is asked to close the connection gets so long.
const CLOSING: Duration = Duration::from_secs(1);

/// One connection.
pub(crate) struct Wire {
    runtime: Runtime,
    client: Option<Arc<Client>>,
    driver: Connection<Socket, NoTlsStream>,
    sent: Vec<Sent>,
}

/// What was sent and not waited for.
struct Sent {
    /// Who asks the same may have the answer, as long as this stands.
    asked: Option<Asked>,
    sender: usize,
    answer: Answer,
}

/// A statement, by its address, and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) statement: usize,
    pub(crate) values: Vec<Encoded>,
}

enum Answer {
    Awaited(Pin<Box<dyn Future<Output = Result<Vec<Row>, Error>> + Send>>),
    Here(Result<Vec<Row>, Error>),
}

impl Answer {
    fn poll(&mut self, cx: &mut Context<'_>) {
        if let Self::Awaited(answer) = self
            && let Poll::Ready(answer) = answer.as_mut().poll(cx)
        {
            *self = Self::Here(answer);
        }
    }
}

impl Wire {
    pub(crate) fn connect(config: &Config) -> Result<Self, DbError> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| DbError::Unavailable(error.to_string()))?;
        let (client, driver) = runtime.block_on(config.connect(NoTls))?;
        Ok(Self { runtime, client: Some(Arc::new(client)), driver, sent: Vec::new() })
    }

    /// What statements are sent with.
    pub(crate) fn client(&self) -> Result<Arc<Client>, DbError> {
        self.client.clone().ok_or_else(|| DbError::Unavailable("closing".to_owned()))
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.client.as_ref().is_none_or(|client| client.is_closed())
    }

    /// Waits for the answer to something, which is sent by this if it was not sent before.
    pub(crate) fn wait<T>(&mut self, answer: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let (driver, sent) = (&mut self.driver, &mut self.sent);
        let mut answer = pin!(answer);
        self.runtime.block_on(poll_fn(|cx| {
            // Sends it, so that the driver writes all there is at once.
            if let Poll::Ready(answer) = answer.as_mut().poll(cx) {
                return Poll::Ready(answer);
            }
            while let Poll::Ready(Some(message)) = driver.poll_message(cx) {
                // What else a server says are its notices.
                if let Err(error) = message {
                    return Poll::Ready(Err(error));
                }
            }
            // An answer that nobody takes would hold up those behind it.
            sent.iter_mut().for_each(|sent| sent.answer.poll(cx));
            answer.as_mut().poll(cx)
        }))
    }

    /// Sends a statement with what is waited for next. `asked` lets who asks the same have its answer ([`Wire::take`]); `sender` is told
    /// should it fail ([`Wire::settle`]).
    pub(crate) fn send(&mut self, prepared: Statement, values: Vec<Encoded>, asked: Option<Asked>, sender: usize) -> Result<(), DbError> {
        let client = self.client()?;
        let mut answer = Answer::Awaited(Box::pin(async move {
            let bound: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
            client.query(&prepared, &bound).await
        }));
        // Hands it to the driver; whoever waits next polls again.
        answer.poll(&mut Context::from_waker(Waker::noop()));
        self.sent.push(Sent { asked, sender, answer });
        Ok(())
    }

    /// Whether any answer is there to be taken.
    pub(crate) fn is_any_foreseen(&self) -> bool {
        self.sent.iter().any(|sent| sent.asked.is_some())
    }

    /// The answer to what was sent before, once. A failure is the first of all that was sent, as in [`Wire::settle`].
    pub(crate) fn take(&mut self, asked: &Asked) -> Result<Option<Vec<Row>>, (usize, Error)> {
        let Some(place) = self.sent.iter().position(|sent| sent.asked.as_ref() == Some(asked)) else { return Ok(None) };
        let Sent { sender, answer, .. } = self.sent.remove(place);
        let answer = match answer {
            Answer::Here(answer) => answer,
            // Nothing comes any more, and who asks again hears of it.
            Answer::Awaited(_) if self.is_closed() => return Ok(None),
            Answer::Awaited(answer) => self.wait(answer),
        };
        match answer {
            Ok(rows) => Ok(Some(rows)),
            Err(error) => {
                self.sent.insert(place, Sent { asked: None, sender, answer: Answer::Here(Err(error)) });
                self.settle().map(|()| None)
            }
        }
    }

    /// Lets nobody have answers to what was sent before: they may be outdated.
    pub(crate) fn outdate(&mut self) {
        self.sent.iter_mut().for_each(|sent| sent.asked = None);
        self.sent.retain(|sent| !matches!(sent.answer, Answer::Here(Ok(_))));
    }

    /// Waits for all that was sent. The first failure counts, with its sender: it is the cause of those after it.
    pub(crate) fn settle(&mut self) -> Result<(), (usize, Error)> {
        let mut failed = Ok(());
        for Sent { sender, answer, .. } in std::mem::take(&mut self.sent) {
            let answer = match answer {
                Answer::Here(answer) => answer,
                Answer::Awaited(_) if self.is_closed() => continue,
                Answer::Awaited(answer) => self.wait(answer),
            };
            if let Err(error) = answer
                && failed.is_ok()
            {
                failed = Err((sender, error));
            }
        }
        failed
    }

    /// Nobody wants to know any more.
    pub(crate) fn forget(&mut self) {
        self.sent.clear();
    }
}

impl Drop for Wire {
    /// Tells the server, so that it does not wait for us.
    fn drop(&mut self) {
        let is_closed = self.is_closed();
        self.forget();
        self.client = None;
        if !is_closed {
            let driver = &mut self.driver;
            let _ = self.runtime.block_on(async { tokio::time::timeout(CLOSING, driver).await });
        }
    }
}
