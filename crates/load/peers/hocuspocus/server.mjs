// Hocuspocus with its SQLite extension and all else as it comes; PORT and STORE say where.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SQLite } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';

const folder = process.env.STORE;
mkdirSync(folder, { recursive: true });
const server = new Server({
  address: '127.0.0.1',
  port: Number(process.env.PORT),
  quiet: true,
  extensions: [new SQLite({ database: join(folder, 'db.sqlite') })],
});
await server.listen();
