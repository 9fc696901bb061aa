'use strict';
// The judge: what Backstage's own code says of the app-config files of a portal.
//
//   node judge.cjs MODULES SCRATCH < jobs > verdicts        one JSON object a line
//
// A job is {id, files: {name: text}, order: [name...], env: {NAME: value}, start: bool, ask: name of a question below}.
// Its files are written to a folder and read by ConfigSources in the order given, held to the strict schema of all
// packages that count, and then a real backend is started with them. Of that backend three things are made up: the
// database answers every query with nothing, no port is opened, and the app's files are a stub. Nothing is sent out.
const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');

const [modules, scratch] = process.argv.slice(2);
const load = createRequire(path.join(modules, 'judge.cjs'));
const out = fs.writeSync.bind(fs, 1);
for (const name of ['log', 'info', 'warn', 'error', 'debug']) console[name] = () => {};
process.on('unhandledRejection', () => {});
process.on('uncaughtException', () => {});
const alive = setInterval(() => {}, 1000);

// ---- what is made up -----------------------------------------------------------------------------------------------
const net = require('node:net');
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function pretend(...given) {
  if (!(given[0] >= 0 && given[0] < 65536)) return listen.apply(this, given);
  process.nextTick(() => {
    given.filter(one => typeof one === 'function').forEach(one => one());
    this.emit('listening');
  });
  return this;
};
net.Server.prototype.close = function close(done) {
  process.nextTick(() => done && done());
  return this;
};
net.Socket.prototype.connect = function connect() {
  process.nextTick(() => this.destroy(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })));
  return this;
};
const answer = query => {
  const command = String(query.sql ?? '').trim().split(/\s+/)[0].toUpperCase();
  const rows = /count\(/i.test(query.sql) || /^select 1 /i.test(query.sql) ? [{ count: 1 }] : [];
  query.response = { rows, rowCount: 1, fields: [], command };
  return Promise.resolve(query);
};
const connections = [];
for (const dialect of ['postgres', 'better-sqlite3', 'mysql2']) {
  const client = load(`knex/lib/dialects/${dialect}/index.js`).prototype;
  client._driver = () => ({});
  client.acquireRawConnection = function acquire() {
    connections.push(this.connectionSettings);
    return Promise.resolve({ __knexUid: 'made-up', on() {}, end() {}, close() {} });
  };
  client.destroyRawConnection = async () => {};
  client.validateConnection = () => true;
  client.checkVersion = async () => '17.0';
  client._query = (_, query) => answer(query);
  client.processResponse = (query, runner) => {
    if (query.output) return query.output.call(runner, query.response);
    const { rows } = query.response;
    return query.method === 'raw' || !query.method ? query.response : query.method === 'first' ? rows[0] : rows;
  };
}
// It holds the plugins' own descriptions of their APIs to the form of such, which takes most of the time of a start.
load('express-openapi-validator/dist/framework/openapi.schema.validator.js').OpenAPISchemaValidator = class {
  validate() {
    return { errors: [] };
  }
};
const migrator = load('knex/lib/migrations/migrate/Migrator');
(migrator.Migrator ?? migrator).prototype.latest = async () => [1, []];

// ---- the real things -----------------------------------------------------------------------------------------------
const { ConfigSources, loadConfigSchema } = load('@backstage/config-loader');
const { ConfigReader } = load('@backstage/config');
const { createBackend } = load('@backstage/backend-defaults');
const { createServiceFactory, coreServices } = load('@backstage/backend-plugin-api');

const declared = JSON.parse(fs.readFileSync(path.join(modules, '../package.json'), 'utf8'));
// These count where a portal has them installed, which shows in what its files say.
const OPTIONAL = {
  '@backstage-community/plugin-argocd': 'argocd',
  '@backstage-community/plugin-argocd-backend': 'argocd',
  '@backstage-community/plugin-lighthouse-backend': 'lighthouse',
  '@backstage-community/plugin-lighthouse-common': 'lighthouse',
  '@backstage-community/plugin-sonarqube': 'sonarqube',
  '@backstage-community/plugin-sonarqube-backend': 'sonarqube',
  '@backstage/plugin-notifications-backend-module-email': 'notifications.processors.email',
  '@backstage/plugin-notifications-backend-module-slack': 'notifications.processors.slack',
  '@backstage/plugin-search-backend-module-elasticsearch': 'search.elasticsearch',
  '@terasky/backstage-plugin-kyverno-policy-reports-backend': 'kyverno',
};
const PROVIDERS = ['github', 'gitlab', 'google', 'guest', 'microsoft', 'oauth2', 'oidc', 'okta'];

const at = (data, dotted) => dotted.split('.').reduce((part, key) => part?.[key], data);
const schemas = new Map();
async function schemaFor(data) {
  const names = [...Object.keys(declared.dependencies), ...Object.keys(declared.flat)];
  const counted = names.filter(name => !OPTIONAL[name] || at(data, OPTIONAL[name]) !== undefined);
  const key = counted.join();
  if (!schemas.has(key)) {
    process.chdir(path.dirname(modules));
    const options = { dependencies: counted, packagePaths: [], noUndeclaredProperties: true };
    schemas.set(key, await loadConfigSchema(options));
  }
  return schemas.get(key);
}

function said(config, name) {
  if (name.endsWith('-pg')) return config.getOptional('backend.database.client') === 'pg';
  const providers = config.getOptional('catalog.providers');
  if (name.endsWith('-github-org')) return providers?.githubOrg !== undefined;
  return Object.values(providers?.gitlab ?? {}).some(one => one?.orgEnabled);
}

function portal(config) {
  const backend = createBackend();
  const quiet = { child: () => quiet };
  for (const level of ['debug', 'info', 'warn', 'error']) quiet[level] = () => {};
  backend.add(createServiceFactory({ service: coreServices.rootConfig, deps: {}, factory: () => config }));
  backend.add(createServiceFactory({ service: coreServices.rootLogger, deps: {}, factory: () => quiet }));
  const given = config.getOptional('auth.providers');
  for (const name of Object.keys(declared.dependencies)) {
    const provider = /auth-backend-module-(.*)-provider$/.exec(name)?.[1];
    const isPlugin = /plugin-.*-backend/.test(name) && provider !== 'guest';
    // Modules that refuse to start where nothing is said of them are installed by those who say something.
    const silent = /-org$|module-pg$/.test(name) && !said(config, name);
    if ((isPlugin && !silent) || (provider === 'guest' && given?.guest !== undefined)) backend.add(load(name));
  }
  return backend;
}

async function start(config) {
  const backend = portal(config);
  try {
    await backend.start();
    return [];
  } catch (error) {
    return String(error.message).split('\n').map(line => line.trim()).filter(line => line && !/:$/.test(line));
  } finally {
    await backend.stop().catch(() => {});
  }
}

const QUESTIONS = { connections: () => connections };

async function judge(job) {
  const folder = fs.mkdtempSync(path.join(scratch, 'portal-'));
  try {
    for (const [name, text] of Object.entries(job.files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    const env = job.env ?? {};
    const targets = (job.order ?? Object.keys(job.files)).map(name => ({
      type: 'path', target: path.join(folder, name),
    }));
    const source = ConfigSources.defaultForTargets({
      targets, watch: false, substitutionFunc: async name => env[name]?.trim(),
    });
    const configs = [];
    for await (const read of source.readConfigData()) configs.push(...read.configs);
    const config = ConfigReader.fromConfigs(configs);
    const data = config.getOptional();
    const told = { data };
    try {
      (await schemaFor(data)).process(configs);
    } catch (error) {
      told.schema = error.messages ?? [String(error.message)];
    }
    if (job.start !== false) {
      connections.length = 0;
      told.start = await start(config);
    }
    if (job.ask) told.seen = await QUESTIONS[job.ask](config);
    return told;
  } catch (error) {
    return { load: String(error.message).replaceAll(folder, '.') };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

(async () => {
  for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    const job = JSON.parse(line);
    out(`${JSON.stringify({ id: job.id, ...(await judge(job)) })}\n`);
  }
  clearInterval(alive);
  process.exit(0);
})();
