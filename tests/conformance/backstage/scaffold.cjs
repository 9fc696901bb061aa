// Runs jobs through Backstage's own scaffolder: node scaffold.cjs NODE_MODULES < jobs.json > results.json
//
// A job is one of these; the first two give the tree that they made.
//   {"kind": "fetch", "folder": …, "values": {…}, "out": …}      the handler of fetch:template
//   {"kind": "dry", "folder": …, "parameters": {…}}              the dry run of template.yaml, and what each step gets
//   {"kind": "check", "folder": …}                               template.yaml, its entity and its actions' inputs
//   {"kind": "text", "template": …, "values": {…}}               one text, as fetch:template renders a file
const fs = require('node:fs');
const path = require('node:path');
const os = require('node:os');
const { pathToFileURL } = require('node:url');
const { createRequire } = require('node:module');

const modules = process.argv[2];
const need = createRequire(path.join(modules, 'here.js'));
const inside = file => require(path.join(modules, '@backstage/plugin-scaffolder-backend/dist', file));

const { ConfigReader } = need('@backstage/config');
const { ScmIntegrations, DefaultGithubCredentialsProvider } = need('@backstage/integration');
const { createTemplateAction } = need('@backstage/plugin-scaffolder-node');
const { createTemplateRenderer } = need('nunjitsu');
const YAML = need('yaml');
const jsonschema = need('jsonschema');
const { createFetchTemplateAction } = inside('scaffolder/actions/builtin/fetch/template.cjs.js');
const { createCatalogRegisterAction } = inside('scaffolder/actions/builtin/catalog/register.cjs.js');
const { createDryRunner } = inside('scaffolder/dryrun/createDryRunner.cjs.js');
const { createPublishGithubAction, createPublishGithubPullRequestAction } = need('@backstage/plugin-scaffolder-backend-module-github');
const { createPublishGitlabAction, createPublishGitlabMergeRequestAction } = need('@backstage/plugin-scaffolder-backend-module-gitlab');

// A dry run makes the clients it would use, and calls none.
const config = new ConfigReader({ integrations: { github: [{ host: 'github.com', token: 'none' }] } });
const integrations = ScmIntegrations.fromConfig(config);
const nothing = () => {};
const logger = { info: nothing, warn: nothing, error: nothing, debug: nothing, child: () => logger };
const metric = { add: nothing, record: nothing };
const metrics = new Proxy({}, { get: () => () => metric });
const reader = { readTree: () => { throw new Error('nothing is fetched'); } };

const fetchTemplate = createFetchTemplateAction({ integrations, reader });
// Files and links of a folder: path, then mode or "link", and the bytes in base64.
function treeOf(folder, prefix = '') {
  const tree = {};
  for (const entry of fs.readdirSync(path.join(folder, prefix), { withFileTypes: true })) {
    const name = prefix + entry.name;
    const file = path.join(folder, name);
    if (entry.isSymbolicLink()) tree[name] = ['link', Buffer.from(fs.readlinkSync(file)).toString('base64')];
    else if (entry.isDirectory()) Object.assign(tree, treeOf(folder, `${name}/`));
    else tree[name] = [(fs.statSync(file).mode & 0o777).toString(8), fs.readFileSync(file).toString('base64')];
  }
  return tree;
}

let kept;
const keep = createTemplateAction({
  id: 'test:keep',
  supportsDryRun: true,
  handler: async ctx => {
    kept = { tree: treeOf(ctx.workspacePath), steps: ctx.input.seen };
  },
});
const actions = new Map(
  [
    fetchTemplate,
    keep,
    createCatalogRegisterAction({ catalog: {}, integrations }),
    createPublishGithubAction({
      integrations,
      config,
      githubCredentialsProvider: DefaultGithubCredentialsProvider.fromIntegrations(integrations),
    }),
    createPublishGitlabAction({ integrations, config }),
    createPublishGithubPullRequestAction({
      integrations,
      config,
      githubCredentialsProvider: DefaultGithubCredentialsProvider.fromIntegrations(integrations),
    }),
    createPublishGitlabMergeRequestAction({ integrations }),
  ].map(action => [action.id, action]),
);
const dryRun = createDryRunner({
  logger,
  integrations,
  metrics,
  actionRegistry: {
    get: async id => {
      if (!actions.has(id)) throw new Error(`no action ${id}`);
      return actions.get(id);
    },
    list: async () => actions,
  },
  workingDirectory: fs.mkdtempSync(path.join(os.tmpdir(), 'scaffold-')),
});

async function fetched({ folder, values, out }) {
  fs.mkdirSync(out, { recursive: true });
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'fetch-'));
  await fetchTemplate.handler({
    logger,
    workspacePath: out,
    createTemporaryDirectory: async () => fs.mkdtempSync(path.join(temporary, 'x-')),
    templateInfo: { entityRef: 'template:default/x', baseUrl: pathToFileURL(path.join(folder, 'template.yaml')).href },
    input: { url: './content', templateFileExtension: '.jinja', trimBlocks: true, lstripBlocks: true, values },
    output: nothing,
  });
  fs.rmSync(temporary, { recursive: true });
  return { tree: treeOf(out) };
}

async function dry({ folder, parameters }) {
  const template = YAML.parse(fs.readFileSync(path.join(folder, 'template.yaml'), 'utf-8'));
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'dry-'));
  for (const tree of ['content', 'request'].filter(name => fs.existsSync(path.join(folder, name)))) {
    fs.cpSync(path.join(folder, tree), path.join(copy, tree), { recursive: true, verbatimSymlinks: true });
  }
  const steps = template.spec.steps;
  const result = await dryRun({
    // What each step is given is rendered once more, for the test to see.
    spec: {
      apiVersion: template.apiVersion,
      ...template.spec,
      parameters,
      user: {},
      steps: [
        ...steps,
        {
          id: 'keep',
          name: 'keep',
          action: 'test:keep',
          input: { seen: steps.map(({ id, if: when, input }) => ({ id, if: when, input })) },
        },
      ],
    },
    templateInfo: { entityRef: 'template:default/x', baseUrl: pathToFileURL(path.join(copy, 'template.yaml')).href },
    directoryContents: [],
    credentials: {},
    secrets: {},
  });
  const seen = kept.steps;
  const faults = [];
  for (const step of seen) {
    if (step.if === false) continue;
    const action = actions.get(steps.find(({ id }) => id === step.id).action);
    const { errors } = jsonschema.validate(step.input, action.schema.input);
    faults.push(...errors.map(error => `${step.id}: ${error}`));
  }
  return { output: result.output, faults, ...kept };
}

async function checked({ folder }) {
  const template = YAML.parse(fs.readFileSync(path.join(folder, 'template.yaml'), 'utf-8'));
  const schema = require(path.join(modules, '@backstage/plugin-scaffolder-common/dist/Template.v1beta3.schema.json.cjs.js'));
  const { entityKindSchemaValidator, entityEnvelopeSchemaValidator } = need('@backstage/catalog-model');
  entityEnvelopeSchemaValidator()(template);
  return { valid: Boolean(entityKindSchemaValidator(schema.default ?? schema)(template)) };
}

function text({ template, values }) {
  const renderer = createTemplateRenderer({ allowRegexExecution: true, trimBlocks: true, lstripBlocks: true });
  return { text: renderer.render(template, { values }) };
}

const kinds = { fetch: fetched, dry, check: checked, text };

async function main() {
  const jobs = JSON.parse(fs.readFileSync(0, 'utf-8'));
  const results = [];
  for (const job of jobs) {
    try {
      results.push(await kinds[job.kind](job));
    } catch (error) {
      results.push({ error: String(error.message ?? error) });
    }
  }
  process.stdout.write(JSON.stringify(results));
}

main();
