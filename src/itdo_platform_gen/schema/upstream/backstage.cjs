// What Backstage's own packages say of entities and actions, as JSON: node backstage.cjs NODE_MODULES > schemas.json
const path = require('node:path');
const { createRequire } = require('node:module');

// The features that a portal adds to its backend for actions beside the built-in ones.
const MODULES = ['github', 'gitlab'];
const BUILT_IN = ['catalog/register', 'catalog/fetch', 'catalog/write', 'debug/log', 'debug/wait', 'fetch/plain',
  'fetch/plainFile', 'fetch/template', 'fetch/templateFile', 'filesystem/delete', 'filesystem/read',
  'filesystem/rename'];

// Gives every action that a backend with these features registers, by id.
async function registered(modules) {
  const need = createRequire(path.join(modules, 'here.js'));
  const backend = path.join(modules, '@backstage/plugin-scaffolder-backend/dist/scaffolder/actions/builtin');
  const { ConfigReader } = need('@backstage/config');
  const { ScmIntegrations } = need('@backstage/integration');
  const config = new ConfigReader({});
  const integrations = ScmIntegrations.fromConfig(config);
  const reader = { readTree: async () => { throw new Error('nothing is fetched'); } };
  const options = { integrations, reader, catalog: {}, config };
  const found = new Map();
  const addActions = (...actions) => actions.forEach(action => found.set(action.id, action));
  for (const file of BUILT_IN) {
    const exported = require(path.join(backend, `${file}.cjs.js`));
    for (const [name, create] of Object.entries(exported)) {
      if (name.startsWith('create') && name.endsWith('Action')) addActions(create(options));
    }
  }
  for (const name of MODULES) {
    const feature = need(`@backstage/plugin-scaffolder-backend-module-${name}`).default;
    for (const { init } of feature.getRegistrations()) {
      await init.func({ scaffolder: { addActions }, autocomplete: { addAutocompleteProvider() {} }, config, catalog: {} });
    }
  }
  return found;
}

function schemasOfKinds(modules) {
  const need = createRequire(path.join(modules, 'here.js'));
  const model = path.join(modules, '@backstage/catalog-model/dist/schema');
  const read = file => require(file).default;
  const kinds = ['API', 'Component', 'Domain', 'Group', 'Location', 'Resource', 'System', 'User'];
  return {
    entity: read(path.join(model, 'Entity.schema.json.cjs.js')),
    meta: read(path.join(model, 'EntityMeta.schema.json.cjs.js')),
    common: read(path.join(model, 'shared/common.schema.json.cjs.js')),
    kinds: [
      ...kinds.map(kind => read(path.join(model, `kinds/${kind}.v1alpha1.schema.json.cjs.js`))),
      read(path.join(modules, '@backstage/plugin-scaffolder-common/dist/Template.v1beta3.schema.json.cjs.js')),
    ],
    licences: Object.fromEntries(
      ['catalog-model', 'plugin-scaffolder-backend', 'plugin-scaffolder-common',
        ...MODULES.map(name => `plugin-scaffolder-backend-module-${name}`)]
        .map(name => [`@backstage/${name}`, need(`@backstage/${name}/package.json`).license]),
    ),
  };
}

async function main() {
  const modules = path.resolve(process.argv[2]);
  const actions = await registered(modules);
  process.stdout.write(JSON.stringify({
    ...schemasOfKinds(modules),
    actions: Object.fromEntries(
      [...actions].map(([id, { schema, supportsDryRun }]) => [id, { ...schema, supportsDryRun: Boolean(supportsDryRun) }]),
    ),
  }));
}

module.exports = { registered };
if (require.main === module) main();
