// Asks Backstage's own catalog and scaffolder: node catalog.cjs NODE_MODULES < jobs.json > results.json
//
// A job is one of these:
//   {"kind": "entity", "text": …, "files": {…}}      a catalog file, with others of its repository by URL path
//   {"kind": "run", "text": …, "parameters": {…}, "files": {…}}   a template's steps, inputs checked as in a real run
//   {"kind": "render", "text": …, "context": {…}}    what a step's text comes to: its value, or that it is passed on
//   {"kind": "examples"}                             the steps in the actions' own examples, with what is wrong in each
//   {"kind": "actions"}                              the ids of all actions that are registered
//   {"kind": "repository", "text": …}                the repository of the file at an address, null where it is not one
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { createRequire } = require('node:module');
const { registered } = require('../../../src/itdo_platform_gen/schema/upstream/backstage.cjs');

const modules = path.resolve(process.argv[2]);
const need = createRequire(path.join(modules, 'here.js'));
const inside = (name, file) => require(path.join(modules, '@backstage', name, 'dist', file));

const model = need('@backstage/catalog-model');
const { ConfigReader } = need('@backstage/config');
const { ScmIntegrations } = need('@backstage/integration');
const { NotFoundError } = need('@backstage/errors');
const YAML = need('yaml');
const jsonschema = need('jsonschema');
const { DefaultCatalogProcessingOrchestrator } = inside('plugin-catalog-backend', 'processing/DefaultCatalogProcessingOrchestrator.cjs.js');
const { BuiltinKindsEntityProcessor } = inside('plugin-catalog-backend', 'processors/BuiltinKindsEntityProcessor.cjs.js');
const { UrlReaderProcessor } = inside('plugin-catalog-backend', 'processors/UrlReaderProcessor.cjs.js');
const placeholders = inside('plugin-catalog-backend', 'processors/PlaceholderProcessor.cjs.js');
const { defaultEntityDataParser } = inside('plugin-catalog-backend', 'util/parse.cjs.js');
const { ScaffolderEntitiesProcessor } = inside('plugin-catalog-backend-module-scaffolder-entity-model', 'processor/ScaffolderEntitiesProcessor.cjs.js');
const { templateEntityV1beta3Validator } = need('@backstage/plugin-scaffolder-common');
const { createDryRunner } = inside('plugin-scaffolder-backend', 'scaffolder/dryrun/createDryRunner.cjs.js');
const { generateExampleOutput } = inside('plugin-scaffolder-backend', 'scaffolder/tasks/helper.cjs.js');

const integrations = ScmIntegrations.fromConfig(new ConfigReader({}));
const nothing = () => {};
const logger = { info: nothing, warn: nothing, error: nothing, debug: nothing, child: () => logger };
const metrics = new Proxy({}, { get: () => () => ({ add: nothing, record: nothing }) });
const ROOT = 'https://github.com/acme/shop/blob/main/';
const ROOT_FILE = `${ROOT}catalog-info.yaml`;

// Reads a repository that is a mapping of paths to texts, and of whole addresses to those of elsewhere.
function readerOf(files) {
  const read = url => {
    const file = url.startsWith(ROOT) ? url.slice(ROOT.length) : url.startsWith(ROOT.replace('/blob/', '/tree/')) ? url.slice(ROOT.length) : url;
    if (!(file in files)) throw new NotFoundError(`no file ${url}`);
    return Buffer.from(files[file]);
  };
  return {
    readUrl: async url => { const data = read(url); return { buffer: async () => data }; },
    search: async url => { const data = read(url); return { etag: '', files: [{ url, content: async () => data }] }; },
  };
}

async function processed({ text, files = {} }) {
  const reader = readerOf({ ...files, 'catalog-info.yaml': text });
  const resolvers = {
    json: placeholders.jsonPlaceholderResolver,
    yaml: placeholders.yamlPlaceholderResolver,
    text: placeholders.textPlaceholderResolver,
  };
  const orchestrator = new DefaultCatalogProcessingOrchestrator({
    processors: [
      new placeholders.PlaceholderProcessor({ resolvers, reader, integrations }),
      new BuiltinKindsEntityProcessor(),
      new UrlReaderProcessor({ reader, logger }),
      new ScaffolderEntitiesProcessor(),
    ],
    integrations,
    logger,
    parser: defaultEntityDataParser,
    policy: model.EntityPolicies.allOf([
      new model.SchemaValidEntityPolicy(),
      new model.DefaultNamespaceEntityPolicy(),
      new model.NoForeignRootFieldsEntityPolicy(),
      new model.FieldFormatEntityPolicy(model.makeValidator({})),
    ]),
    rulesEnforcer: { isAllowed: () => true },
  });
  const location = `url:${ROOT_FILE}`;
  const first = await orchestrator.process({
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Location',
      metadata: {
        name: 'generated',
        annotations: { 'backstage.io/managed-by-location': location, 'backstage.io/managed-by-origin-location': location },
      },
      spec: { type: 'url', target: ROOT_FILE },
    },
    state: {},
  });
  const told = first.errors.map(said);
  const relations = [];
  for (const { entity } of first.deferredEntities ?? []) {
    const one = await orchestrator.process({ entity, state: {} });
    told.push(...one.errors.map(said));
    relations.push(...(one.relations ?? []).map(({ source, type, target }) =>
      [model.stringifyEntityRef(source), type, model.stringifyEntityRef(target)]));
  }
  return { accepted: told.length === 0 && (first.deferredEntities ?? []).length > 0, told, relations };
}

function said(error) {
  return String(error.cause ? `${error.message}: ${error.cause.message}` : error.message);
}

const real = new Set(['fetch:template', 'fetch:template:file', 'debug:log', 'catalog:write', 'fs:delete', 'fs:rename', 'fs:readdir']);
let actions;

// An action that is real as far as it needs no network; else it checks its input and gives an example of its output.
function offline(action, seen) {
  const handler = async ctx => {
    const output = action.schema?.output ? generateExampleOutput(action.schema.output) : {};
    Object.entries(output).forEach(([name, value]) => ctx.output(name, value));
    if (action.id === 'catalog:register') {
      ctx.output('entityRef', 'component:default/example');
      ctx.output('catalogInfoUrl', 'https://example.com/catalog-info.yaml');
    }
  };
  const run = real.has(action.id) ? action.handler : handler;
  return { ...action, supportsDryRun: true, handler: async ctx => { seen.push([ctx.step.id, ctx.input]); await run(ctx); } };
}

async function run({ text, parameters = {}, files = {} }) {
  const template = YAML.parse(text);
  if (!(await templateEntityV1beta3Validator.check(template))) throw new Error('no template');
  for (const page of [template.spec.parameters ?? []].flat()) {
    const { valid, errors } = jsonschema.validate(parameters, page);
    if (!valid) return { ran: false, told: errors.map(String) };
  }
  actions ??= await registered(modules);
  const seen = [];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'run-'));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, 'template', name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
  const made = {};
  const keep = {
    id: 'test:keep',
    supportsDryRun: true,
    handler: async ctx => Object.assign(made, treeOf(ctx.workspacePath)),
  };
  const dryRun = createDryRunner({
    logger,
    integrations,
    metrics,
    actionRegistry: {
      get: async id => {
        if (id === keep.id) return keep;
        if (!actions.has(id)) throw new Error(`Template action with ID '${id}' is not registered`);
        return offline(actions.get(id), seen);
      },
      list: async () => actions,
    },
    workingDirectory: path.join(folder, 'work'),
  });
  const steps = template.spec.steps.map((step, index) => ({ ...step, id: step.id ?? `step-${index + 1}`, name: step.name ?? step.action }));
  try {
    const { output } = await dryRun({
      spec: {
        apiVersion: template.apiVersion,
        steps: [...steps, { id: 'test-keep', name: 'keep', action: keep.id }],
        output: template.spec.output ?? {},
        parameters,
        user: { entity: { metadata: { name: 'alice' } }, ref: 'user:default/alice' },
      },
      templateInfo: { entityRef: 'template:default/x', baseUrl: pathToFileURL(path.join(folder, 'template/template.yaml')).href },
      directoryContents: [],
      credentials: {},
      secrets: {},
    });
    return { ran: true, told: [], output, inputs: seen, files: made };
  } catch (error) {
    return { ran: false, told: [String(error.message)], inputs: seen };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function treeOf(folder, prefix = '') {
  const tree = {};
  for (const entry of fs.readdirSync(path.join(folder, prefix), { withFileTypes: true })) {
    const name = prefix + entry.name;
    if (entry.isDirectory()) Object.assign(tree, treeOf(folder, `${name}/`));
    else tree[name] = fs.readFileSync(path.join(folder, name), 'utf-8');
  }
  return tree;
}

async function rendered({ text, context }) {
  const { createTemplateRenderer } = need('nunjitsu');
  const filters = inside('plugin-scaffolder-backend', 'util/templating.cjs.js').convertFiltersToRecord(
    inside('plugin-scaffolder-backend', 'lib/templating/filters/createDefaultFilters.cjs.js').createDefaultFilters({ integrations }),
  );
  const renderer = createTemplateRenderer({ allowRegexExecution: true, filters, globals: { always: () => true, failure: () => false } });
  try {
    return { value: renderer.renderValue(text, renderer.prepareContext(context)) ?? null, told: [] };
  } catch (error) {
    return { told: [String(error.message)] };
  }
}

// Gives the steps whose actions are there; an expression in one may stand for anything.
async function exemplified() {
  const known = await registered(modules);
  const steps = [];
  for (const { examples = [] } of known.values()) {
    for (const { example } of examples) {
      for (const step of YAML.parse(example)?.steps ?? []) {
        const action = known.get(step.action);
        const { errors } = action ? jsonschema.validate(step.input ?? {}, action.schema?.input ?? {}) : { errors: ['no action'] };
        if (!JSON.stringify(step).includes('${{')) steps.push({ step, fault: errors.length ? String(errors[0]) : null });
      }
    }
  }
  return { steps };
}

// Tells repositories apart as the catalog does before it reads a placeholder's file.
async function repositoryOf({ text }) {
  const { owner, name, filepath, resource, full_name: full } = need('git-url-parse')(text);
  return { repository: owner && name && filepath ? `${resource}/${full}` : null };
}

const kinds = {
  examples: exemplified,
  render: rendered,
  entity: processed,
  run,
  repository: repositoryOf,
  actions: async () => ({ ids: [...(await registered(modules)).keys()].sort() }),
};

async function main() {
  const jobs = JSON.parse(fs.readFileSync(0, 'utf-8'));
  const results = [];
  for (const job of jobs) {
    try {
      results.push(await kinds[job.kind](job));
    } catch (error) {
      results.push({ accepted: false, ran: false, told: [String(error.message ?? error)] });
    }
  }
  process.stdout.write(JSON.stringify(results));
}

main();
