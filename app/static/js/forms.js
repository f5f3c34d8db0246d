// Shows what is wrong in a form before it is sent, and sends it once. The form says data-form; each of its fields is in
// a .field, has an id, and words its faults as the server does: data-error for any fault, and where one needs words of
// its own, data-error-value-missing, data-error-too-short and so on, after the names in ValidityState.
const longestSendingMilliseconds = 10_000

for (const form of document.querySelectorAll('form[data-form]')) improve(form)
// For browsers that give autofocus to fields only.
document.querySelector('.error-summary')?.focus()

function improve(form) {
  let sending
  form.noValidate = true
  // Not on change: the button would move away between the press and the release of a click on it.
  form.addEventListener('input', ({ target }) => {
    if (target.getAttribute('aria-invalid') === 'true') check(target)
  })
  form.addEventListener('submit', (event) => {
    const wrong = event.submitter?.formNoValidate ? [] : [...form.elements].filter((field) => !check(field))
    if (wrong.length === 0 && !sending) return guard(event.submitter)
    event.preventDefault()
    if (wrong.length === 0) return
    // It lists the faults of an earlier try.
    document.querySelector('.error-summary')?.remove()
    wrong[0].focus()
  })
  // Back from where the form led: the page may be the very one that was left.
  addEventListener('pageshow', release)

  function guard(button) {
    button?.setAttribute('aria-disabled', 'true')
    sending = { button, timer: setTimeout(release, longestSendingMilliseconds) }
  }

  function release() {
    clearTimeout(sending?.timer)
    sending?.button?.removeAttribute('aria-disabled')
    sending = undefined
  }
}

/** Whether the field is right; says so beside it. */
function check(field) {
  const place = field.closest('.field')
  if (!place || !field.willValidate) return true
  const { valid } = field.validity
  const id = `${field.id}-error`
  const text = document.getElementById(id) ?? place.appendChild(document.createElement('p'))
  const described = new Set(field.getAttribute('aria-describedby')?.split(' '))
  if (valid) text.remove()
  else Object.assign(text, { id, className: 'field-error', textContent: wordingOf(field) })
  described[valid ? 'delete' : 'add'](id)
  set(field, 'aria-invalid', valid ? '' : 'true')
  set(field, 'aria-describedby', [...described].join(' '))
  return valid
}

function wordingOf({ validity, dataset, validationMessage }) {
  for (const reason in validity) {
    const wording = dataset[`error${reason[0].toUpperCase()}${reason.slice(1)}`]
    if (validity[reason] && wording) return wording
  }
  return dataset.error ?? validationMessage
}

function set(field, name, value) {
  if (value) field.setAttribute(name, value)
  else field.removeAttribute(name)
}
