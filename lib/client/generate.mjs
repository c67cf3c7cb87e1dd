/** What the generator of the client is told beside the options of `npm run client`. */
export default {
  templates: 'lib/client/templates',
  hooks: { onInsertPathParam: (name) => `segment(${name})` },
};
