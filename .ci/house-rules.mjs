// Lint rules of this house that oxlint has no setting for.

const noExportStar = {
  create: (context) => ({
    ExportAllDeclaration(node) {
      context.report({
        node,
        message: 'Name what is exported: `export *` hides what a package offers.',
      });
    },
  }),
};

const indexOnlyReexports = {
  create: (context) => ({
    Program(program) {
      for (const node of program.body) {
        const isReexport = node.type === 'ExportNamedDeclaration' && node.source !== null;
        const isEmptyModule =
          node.type === 'ExportNamedDeclaration' &&
          node.specifiers.length === 0 &&
          !node.declaration;
        if (isReexport || isEmptyModule) continue;
        context.report({
          node,
          message: 'An index.ts holds explicit named re-exports and nothing else.',
        });
      }
    },
  }),
};

const noAmbientDate = {
  create: (context) => ({
    NewExpression(node) {
      if (node.callee.name !== 'Date' || node.arguments.length > 0) return;
      context.report({ node, message: 'Read the time from the injected Clock.' });
    },
  }),
};

export default {
  meta: { name: 'house' },
  rules: {
    'no-export-star': noExportStar,
    'index-only-reexports': indexOnlyReexports,
    'no-ambient-date': noAmbientDate,
  },
};
