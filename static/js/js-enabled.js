// GOV.UK Frontend asks for these two classes on the body before its own script runs. They are set from a file
// rather than inline so that the content security policy can refuse every inline script.
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported')
}
