/**
 * A program with stock `yjs` and `y-websocket`, run as a process of its own. It takes commands as
 * lines on standard input and answers each with a line: `type TEXT` → `ok`, `text` → the text as
 * JSON, `rest SECONDS` of its own clock → how often the connection was lost meanwhile, `closings` → the
 * codes that the server closed with, `end`.
 */
import './fast-clock.mjs'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const [url, page, cookie, broadcast] = process.argv.slice(2)

class WithCookie extends WebSocket {
  constructor(address, protocols) {
    super(address, protocols, { headers: { cookie, origin: url } })
  }
}

const doc = new Y.Doc()
const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/ws/pages`, page, doc, {
  WebSocketPolyfill: WithCookie,
  // Without the option the provider takes its default, which is on.
  ...(broadcast === 'off' ? { disableBc: true } : {}),
})

const closings = []
provider.on('connection-close', (event) => {
  if (event) closings.push(event.code)
})

let lost = 0
provider.on('status', ({ status }) => {
  if (status === 'disconnected') lost++
})

for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...words] = line.split(' ')
  if (command === 'type') {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(words.join(' '))])
    doc.getXmlFragment('body').push([paragraph])
    console.log('ok')
  } else if (command === 'text') {
    console.log(JSON.stringify(doc.getXmlFragment('body').toString()))
  } else if (command === 'closings') {
    console.log(JSON.stringify(closings))
  } else if (command === 'rest') {
    const before = lost
    await new Promise((done) => setTimeout(done, Number(words[0]) * 1000))
    console.log(JSON.stringify(lost - before))
  } else {
    break
  }
}
provider.destroy()
process.exit(0)
