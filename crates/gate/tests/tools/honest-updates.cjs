// Records what real editors write: several ProseMirror views bound to Yjs documents edit one page,
// one of them at times offline, through a server that everyone talks to.
//
// Usage, in a folder that has yjs, @tiptap/y-tiptap, prosemirror-{model,state,view,transform,
// commands,schema-list} and jsdom installed:
//   node honest-updates.cjs PATH-OF-page.json [PAGES] [STEPS] [SEED] > honest.txt
//
// Output, one line each, in the order in which the server receives them:
//   page             a new, empty page follows
//   server HEX       an update that the server makes itself
//   person HEX       an update or a SyncStep2 of a person's editor
//   state HEX        the server's document at the end, garbage-collected
const path = require('node:path')
const fs = require('node:fs')
const { createRequire } = require('node:module')

const need = createRequire(path.join(process.cwd(), 'package.json'))
const { JSDOM } = need('jsdom')
const dom = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true })
for (const name of ['window', 'document', 'Node', 'Element', 'HTMLElement', 'MutationObserver',
  'getSelection', 'DOMParser', 'Range', 'Selection', 'requestAnimationFrame', 'navigator']) {
  const value = name === 'window' ? dom.window : dom.window[name]
  Object.defineProperty(globalThis, name, {
    value: typeof value === 'function' && name[0] === name[0].toLowerCase()
      ? value.bind(dom.window) : value,
    configurable: true, writable: true
  })
}

const Y = need('yjs')
const { ySyncPlugin, yUndoPlugin, undo, redo } = need('@tiptap/y-tiptap')
const { Schema, Slice, Fragment } = need('prosemirror-model')
const { EditorState, TextSelection } = need('prosemirror-state')
const { EditorView } = need('prosemirror-view')
const { canJoin } = need('prosemirror-transform')
const cmd = need('prosemirror-commands')
const list = need('prosemirror-schema-list')

const [schemaPath, pagesArg, stepsArg, seedArg] = process.argv.slice(2)
const spec = JSON.parse(fs.readFileSync(schemaPath, 'utf8'))

let state32 = Number(seedArg ?? 1) >>> 0
const random = () => {
  // mulberry32: a seed repeats a recording.
  state32 = (state32 + 0x6d2b79f5) >>> 0
  let t = Math.imul(state32 ^ (state32 >>> 15), 1 | state32)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const below = n => Math.floor(random() * n)
const oneOf = items => items[below(items.length)]

// The editor's schema, made from the schema file; `overlap`: links may overlap, so that their
// names carry a hash.
const makeSchema = overlap => {
  const defaults = { level: 1, start: 1, colspan: 1, rowspan: 1, checked: false, tone: 'note' }
  const attrs = declared => Object.fromEntries(
    Object.keys(declared ?? {}).map(name => [name, { default: defaults[name] ?? null }]))
  const nodes = {
    doc: { content: '(' + spec.body.content.join(' | ') + ')*' },
    text: { group: 'inline' }
  }
  for (const [name, node] of Object.entries(spec.nodes)) {
    nodes[name] = {
      group: node.groups.join(' '),
      content: node.content.length ? '(' + node.content.join(' | ') + ')*' : node.text ? 'text*' : '',
      inline: node.groups.includes('inline'),
      attrs: attrs(node.attributes),
      toDOM: () => node.content.length || node.text ? [node.groups.includes('inline') ? 'span' : 'div', 0] : ['hr']
    }
  }
  const marks = {}
  for (const [name, mark] of Object.entries(spec.marks)) {
    marks[name] = {
      attrs: attrs(mark.attributes),
      inclusive: name !== 'link',
      toDOM: () => ['span', 0],
      ...(overlap && name === 'link' ? { excludes: '' } : {})
    }
  }
  return new Schema({ nodes, marks })
}

const words = ['Straße', 'Kita', 'Familien', 'über', 'Müller-Straße', 'Akteur*innen', '😀', 'a', 'und ',
  'Bezirk ', 'Größe', '👩‍👧', '日本', ' ', 'Lernwerkstatt ', '\t', '„so“', 'x']
const ulid = () => '01j' + Array.from({ length: 23 }, () => oneOf('0123456789abcdefghjkmnpqrstvwxyz')).join('')
const day = () => '2024-0' + (1 + below(9)) + '-1' + below(10)
// Values as editors set them; `null` takes an attribute away.
const attributeValues = {
  level: () => 1 + below(3),
  start: () => below(100),
  checked: () => random() < 0.5,
  person: () => oneOf([null, 'Jugendamt', 'Frau Müller 😀']),
  due: () => oneOf([null, day()]),
  colspan: () => 1 + below(3),
  rowspan: () => 1 + below(3),
  colwidth: () => oneOf([null, [120], [80, 300], [10, 4000, 25]]),
  tone: () => oneOf(['note', 'tip', 'important', 'warning']),
  language: () => oneOf([null, 'rust', 'c++']),
  method: () => oneOf([null, 'Gespräch']),
  consent: () => oneOf([null, 'none', 'spoken', 'written']),
  month: () => oneOf([null, '2024-03']),
  who: () => oneOf([null, 'Koordination Pankow']),
  until: () => oneOf([null, day()])
}
const lines = []
const hex = bytes => Buffer.from(bytes).toString('hex')

class Server {
  constructor () {
    lines.push('page')
    this.doc = new Y.Doc()
    this.doc.clientID = below(2 ** 32)
    this.peers = []
    this.edit(doc => doc.transact(() => {
      doc.getMap('meta').set('kind', 'approach')
      doc.getMap('meta').set('schema', 1)
      doc.getText('title').insert(0, 'Elterncafé')
    }))
  }

  edit (change) {
    const before = Y.encodeStateVector(this.doc)
    let update = null
    const keep = bytes => { update = bytes }
    this.doc.on('update', keep)
    change(this.doc)
    this.doc.off('update', keep)
    if (update === null) return
    lines.push('server ' + hex(update))
    for (const peer of this.peers) peer.inbox.push(update)
    return before
  }

  receive (update, from) {
    lines.push('person ' + hex(update))
    Y.applyUpdate(this.doc, update, 'remote')
    for (const peer of this.peers) if (peer !== from) peer.inbox.push(update)
  }
}

class Person {
  constructor (server, schema) {
    this.server = server
    this.schema = schema
    this.open()
  }

  open () {
    this.doc = new Y.Doc()
    this.doc.clientID = below(2 ** 32)
    this.inbox = []
    this.outbox = []
    this.online = true
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.server.doc), 'remote')
    this.doc.on('update', (update, origin) => { if (origin !== 'remote') this.outbox.push(update) })
    this.fieldUndo = new Y.UndoManager([this.doc.getText('title'), this.doc.getMap('values')], { captureTimeout: 0 })
    const place = document.body.appendChild(document.createElement('div'))
    this.view = new EditorView(place, {
      state: EditorState.create({
        schema: this.schema,
        plugins: [ySyncPlugin(this.doc.getXmlFragment('body')), yUndoPlugin()]
      })
    })
    this.server.peers.push(this)
  }

  close () {
    this.view.destroy()
    this.fieldUndo.destroy()
    this.server.peers = this.server.peers.filter(peer => peer !== this)
  }

  goOffline () { this.online = false }

  // What a provider does on opening again: SyncStep2 for what the server lacks, and its difference.
  goOnline () {
    if (this.online) return
    this.online = true
    this.outbox = []
    this.inbox = []
    const theirs = Y.encodeStateVector(this.server.doc)
    this.server.receive(Y.encodeStateAsUpdate(this.doc, theirs), this)
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.server.doc, Y.encodeStateVector(this.doc)), 'remote')
  }

  send () { if (this.online && this.outbox.length) this.server.receive(this.outbox.shift(), this) }

  take () { if (this.online && this.inbox.length) Y.applyUpdate(this.doc, this.inbox.shift(), 'remote') }

  select () {
    const { doc, tr } = this.view.state
    const size = doc.content.size
    const from = below(size + 1)
    const to = Math.min(size, from + (random() < 0.5 ? 0 : below(12)))
    this.view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(from), doc.resolve(to))))
  }

  run (command) { command(this.view.state, this.view.dispatch) }

  act () {
    const { nodes, marks } = this.schema
    const { view } = this
    if (view.state.doc.childCount === 0) {
      view.dispatch(view.state.tr.insert(0, nodes.paragraph.create()))
    }
    if (random() < 0.4) this.select()
    const { state } = view
    switch (below(36)) {
      default: {
        const { tr } = state
        view.dispatch(random() < 0.5 ? tr.insertText(oneOf('abcäöü nrst')) : tr.insertText(oneOf(words)))
        break
      }
      case 0: this.run(cmd.splitBlock); break
      case 1: this.run(cmd.joinBackward); this.run(cmd.deleteSelection); break
      case 2: this.run(cmd.toggleMark(oneOf([marks.bold, marks.italic, marks.strike, marks.code, marks.highlight, marks.superscript, marks.subscript]))); break
      case 3: this.run(cmd.toggleMark(marks.link, { href: oneOf(['https://example.org/ä?x=1', 'mailto:a@example.org', '/seiten/x', 'tel:+4930']) })); break
      case 4: this.run(cmd.setBlockType(nodes.heading, { level: 1 + below(3) })); break
      case 5: this.run(cmd.setBlockType(nodes.paragraph)); break
      case 6: this.run(list.wrapInList(oneOf([nodes.bulletList, nodes.orderedList]), random() < 0.3 ? {} : undefined)); break
      case 7: this.run(list.splitListItem(nodes.listItem)); break
      case 8: this.run(list.sinkListItem(nodes.listItem)); break
      case 9: this.run(list.liftListItem(nodes.listItem)); this.run(cmd.lift); break
      case 10: this.run(cmd.wrapIn(nodes.blockquote)); break
      case 11: {
        const node = nodes.pageLink.create({ page: ulid(), label: random() < 0.5 ? null : 'eigener Text' })
        view.dispatch(state.tr.replaceSelectionWith(random() < 0.7 ? node : nodes.hardBreak.create()))
        break
      }
      case 12: view.dispatch(state.tr.replaceSelectionWith(nodes.horizontalRule.create())); break
      case 13: undo(state); break
      case 14: random() < 0.7 ? redo(state) : undo(state); break
      case 15: { // Paste what was copied somewhere.
        const size = state.doc.content.size
        const from = below(size + 1)
        const slice = state.doc.slice(from, Math.min(size, from + below(60)))
        view.dispatch(state.tr.replaceSelection(slice.size > 0 ? slice
          : new Slice(Fragment.from(nodes.paragraph.create(null, this.schema.text('Eingefügt'))), 0, 0)))
        break
      }
      case 16: { // Move a block.
        const index = below(state.doc.childCount)
        let at = 0
        for (let i = 0; i < index; i++) at += state.doc.child(i).nodeSize
        const block = state.doc.child(index)
        const tr = state.tr.delete(at, at + block.nodeSize)
        view.dispatch(tr.insert(oneOf([0, tr.doc.content.size]), block))
        break
      }
      case 17: {
        const points = []
        for (let at = 0; at <= state.doc.content.size; at++) if (canJoin(state.doc, at)) points.push(at)
        if (points.length) view.dispatch(state.tr.join(oneOf(points)))
        break
      }
      case 18: case 19: this.title(); break
      case 20: case 21: this.field(); break
      case 22: {
        const from = below(state.doc.content.size + 1)
        view.dispatch(state.tr.delete(from, Math.min(state.doc.content.size, from + below(30))))
        break
      }
      case 23: case 24: case 25: this.attribute(); break
      case 26: this.run(cmd.wrapIn(oneOf([nodes.callout, nodes.collapsible, nodes.guidingQuestion,
        nodes.familyVoice, nodes.insight, nodes.agreement, nodes.openQuestion]))); break
      case 27: this.run(cmd.setBlockType(nodes.codeBlock)); break
      case 28: this.run(list.wrapInList(nodes.taskList)); break
      case 29: this.run(list.splitListItem(nodes.taskItem)); break
      case 30: random() < 0.5 ? this.run(list.sinkListItem(nodes.taskItem)) : this.run(list.liftListItem(nodes.taskItem)); break
      case 31: {
        const words = random() < 0.7 ? this.schema.text('Quelle') : null
        view.dispatch(state.tr.replaceSelectionWith(nodes.footnote.create(null, words), false))
        break
      }
      case 32: this.table(); break
    }
  }

  // Sets one attribute of one node.
  attribute () {
    const { doc, tr } = this.view.state
    const found = []
    doc.descendants((node, at) => { for (const key of Object.keys(node.attrs)) if (attributeValues[key]) found.push([at, key]) })
    if (found.length === 0) return
    const [at, key] = oneOf(found)
    this.view.dispatch(tr.setNodeAttribute(at, key, attributeValues[key]()))
  }

  // Makes a table, or adds or takes away a row or a cell of one.
  table () {
    const { nodes } = this.schema
    const { doc, tr } = this.view.state
    const cell = type => type.create(null, nodes.paragraph.create())
    const row = type => nodes.tableRow.create(null, [cell(type), cell(type)])
    const parts = []
    doc.descendants((node, at) => {
      if ([nodes.tableRow, nodes.tableCell, nodes.tableHeader].includes(node.type)) parts.push([at, node])
    })
    if (parts.length === 0 || random() < 0.2) {
      const table = nodes.table.create(null, [row(nodes.tableHeader), row(nodes.tableCell)])
      return this.view.dispatch(tr.replaceSelectionWith(table))
    }
    const [at, node] = oneOf(parts)
    if (random() < 0.4) return this.view.dispatch(tr.delete(at, at + node.nodeSize))
    this.view.dispatch(tr.insert(at, node.type === nodes.tableRow ? row(nodes.tableCell) : cell(node.type)))
  }

  title () {
    const text = oneOf([this.doc.getText('title'), this.doc.getText('text:summary')])
    if (text.length > 0 && random() < 0.4) text.delete(below(text.length), 1)
    else if (text.length < 100) text.insert(below(text.length + 1), oneOf(words))
    if (random() < 0.1) this.fieldUndo.undo()
  }

  field () {
    const values = this.doc.getMap('values')
    this.doc.transact(() => {
      switch (below(6)) {
        case 0: values.set('status', oneOf(['idea', 'tried'])); break
        case 1: values.set('date', '2023-11-0' + (1 + below(9))); break
        case 2: values.set('count', oneOf([1, 2.5, -70000, 0])); break
        case 3: values.set('tags=' + oneOf(['armut', 'übergang', 'kita']), true); values.delete('tags=kita'); break
        case 4: values.set('tags=' + oneOf(['armut', 'früh']), true); break
        case 5: values.delete(oneOf(['status', 'date', 'tags=armut'])); break
      }
    }, oneOf([null, this.fieldUndo]))
    if (random() < 0.2) random() < 0.5 ? this.fieldUndo.undo() : this.fieldUndo.redo()
  }
}

for (let page = 0; page < Number(pagesArg ?? 3); page++) {
  const server = new Server()
  const schema = makeSchema(page % 3 === 2)
  const people = Array.from({ length: 3 }, () => new Person(server, schema))
  for (let step = 0; step < Number(stepsArg ?? 150); step++) {
    const person = oneOf(people)
    const dice = random()
    if (dice < 0.45) {
      try {
        person.act()
      } catch (err) {
        // A step that does not apply here (a join of what cannot join) is no edit at all.
        if (err.name !== 'TransformError' && !(err instanceof RangeError)) throw err
      }
    }
    else if (dice < 0.7) person.send()
    else if (dice < 0.94) person.take()
    else if (dice < 0.96) person.goOffline()
    else if (dice < 0.985) person.goOnline()
    else if (dice < 0.99) server.edit(doc => doc.getText('title').insert(0, 'S'))
    else { person.goOnline(); person.close(); person.open() }
  }
  for (const person of people) person.goOffline()
  for (const person of people) { person.goOnline(); person.close() }
  lines.push('state ' + hex(Y.encodeStateAsUpdate(server.doc)))
}
process.stdout.write(lines.join('\n') + '\n', () => process.exit(0))
