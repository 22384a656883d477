// Where code of users is compiled.

const forNode = { lib: ['es2023', 'esnext.disposable'], types: ['node'] };

/** Compiler options, by name. */
export const surroundings = {
  nodenext: { ...forNode, module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { ...forNode, module: 'esnext', moduleResolution: 'bundler' },
  browser: {
    lib: [...forNode.lib, 'dom', 'dom.iterable', 'dom.asynciterable'],
    types: [],
    module: 'esnext',
    moduleResolution: 'bundler',
    customConditions: ['browser'],
  },
};

/** What these packages do needs Node.js, and their types need its types. */
const forNodeOnly = new Set([
  '@integrations/metrics',
  '@integrations/simulator',
  '@integrations/tracing',
]);

/** Tells whether a package is meant for a place. */
export const belongsIn = (place, name) => place !== 'browser' || !forNodeOnly.has(name);
