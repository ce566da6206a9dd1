import ts from 'typescript'

/**
 * Writes each type of the contract as what it is in place of how it is inferred, and leaves out the schemas: who uses a
 * package needs no zod. Ids become plain text, because whoever keeps one somewhere gets it back as text.
 */
export const spellOut =
  (checker: ts.TypeChecker): ts.TransformerFactory<ts.SourceFile | ts.Bundle> =>
  (context) =>
  (file) => {
    if (ts.isBundle(file) || !/\/src\/contract\/[^/]+$/.test(file.fileName)) return file
    const kept = file.statements.filter((statement) => !isOfZod(checker, statement))
    const spelled = kept.map((statement) =>
      ts.isTypeAliasDeclaration(statement) ? spelledOut(checker, context, statement) : statement,
    )
    return context.factory.updateSourceFile(file, spelled)
  }

function isOfZod(checker: ts.TypeChecker, statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement))
    return ts.isStringLiteral(statement.moduleSpecifier) && statement.moduleSpecifier.text === 'zod'
  if (!ts.isVariableStatement(statement)) return false
  return statement.declarationList.declarations.some((declaration) => {
    const { name } = ts.getOriginalNode(declaration) as ts.VariableDeclaration
    const type = checker.getTypeAtLocation(name)
    return [type, ...type.getProperties().map((one) => checker.getTypeOfSymbol(one))].some((one) =>
      one.getProperty('_zod'),
    )
  })
}

const flags =
  ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.InTypeAlias | ts.NodeBuilderFlags.UseStructuralFallback

function spelledOut(
  checker: ts.TypeChecker,
  context: ts.TransformationContext,
  alias: ts.TypeAliasDeclaration,
): ts.TypeAliasDeclaration {
  const original = ts.getOriginalNode(alias) as ts.TypeAliasDeclaration
  if (!/\bz\.|\btypeof\b/.test(original.type.getText())) return alias
  const node = checker.typeToTypeNode(checker.getTypeAtLocation(original.name), undefined, flags)
  if (!node) throw new Error(`no type for ${alias.name.text}`)
  const type = ts.visitNode(node, withoutBrand(context), ts.isTypeNode)
  const { factory } = context
  return factory.updateTypeAliasDeclaration(alias, alias.modifiers, alias.name, alias.typeParameters, type)
}

const withoutBrand =
  (context: ts.TransformationContext) =>
  (node: ts.Node): ts.Node => {
    const visited = ts.visitEachChild(node, withoutBrand(context), context)
    if (!ts.isIntersectionTypeNode(visited)) return visited
    const [first, ...more] = visited.types.filter((type) => !isBrand(type))
    return first && more.length === 0 ? first : visited
  }

const isBrand = (type: ts.TypeNode): boolean =>
  ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text === '$brand'
