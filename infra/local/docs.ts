import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';

const OPENAPI_FILE = path.resolve('generated/openapi.json');

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Game wallet: reference</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/page.css">
</head>
<body>
<div id="reference"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;
const START =
  "SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', " +
  'deepLinking: true, tryItOutEnabled: true });\n';
/** Hides the column of links: no operation has any, and a phone has no room for it. */
const STYLE = '.swagger-ui .response-col_links { display: none }\n';

const TYPES: Record<string, string> = {
  css: 'text/css',
  js: 'text/javascript',
  html: 'text/html',
  json: 'application/json',
};

/** The OpenAPI document, and its reference page with everything that it needs, from this machine alone. */
export function addDocs(app: FastifyInstance): void {
  const asset = (name: string) =>
    readFile(createRequire(path.resolve('package.json')).resolve(`swagger-ui-dist/${name}`), 'utf8');
  const answer = (reply: FastifyReply, extension: string, text: string) =>
    reply.type(`${TYPES[extension]}; charset=utf-8`).header('x-content-type-options', 'nosniff').send(text);
  app.get('/openapi.json', async (_request, reply) =>
    answer(reply, 'json', await readFile(OPENAPI_FILE, 'utf8')),
  );
  app.get('/docs', (_request, reply) => answer(reply, 'html', PAGE));
  app.get('/docs/start.js', (_request, reply) => answer(reply, 'js', START));
  app.get('/docs/page.css', (_request, reply) => answer(reply, 'css', STYLE));
  app.get('/docs/swagger-ui.css', async (_request, reply) =>
    answer(reply, 'css', await asset('swagger-ui.css')),
  );
  app.get('/docs/swagger-ui-bundle.js', async (_request, reply) =>
    answer(reply, 'js', await asset('swagger-ui-bundle.js')),
  );
}
