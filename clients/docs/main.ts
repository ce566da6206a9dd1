declare global {
  /** Left there by the script that stands before this one in the page. */
  var SwaggerUIBundle: (options: object) => unknown
}

SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#app',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  tagsSorter: 'alpha',
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  // It would show the document to a host of others.
  validatorUrl: null,
})

export {}
