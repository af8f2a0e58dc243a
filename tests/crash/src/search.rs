//! A question to the server's search.

use anyhow::{Context as _, Result, ensure};
use denkraum_load::Account;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The answer to a search for these words (letters and digits), as it came.
pub(crate) async fn found(address: &str, account: &Account, words: &str) -> Result<String> {
    let request = format!(
        "GET /api/v1/search?q={words}&literal=true HTTP/1.1\r\nhost: {address}\r\n\
         authorization: Bearer {}\r\nconnection: close\r\n\r\n",
        account.token
    );
    let mut stream = TcpStream::connect(address)
        .await
        .context("could not connect")?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let line = answer.lines().next().unwrap_or_default();
    ensure!(line.starts_with("HTTP/1.1 200"), "search: {line}");
    Ok(answer)
}
