import '../look/tokens.css'
import './field.css'
import { createApp } from 'vue'
import { en } from '../words/field.en'
import { zh } from '../words/field.zh'
import { createWords } from '../words/words'
import FieldApp from './FieldApp.vue'

createApp(FieldApp).use(createWords(zh, en)).mount('#app')

// Only where the browser allows it, which takes TLS or this very machine; elsewhere the page needs a network to open.
if ('serviceWorker' in navigator) {
  void navigator.serviceWorker
    .register('/field-worker.js', { scope: '/field' })
    .then(({ active }) => active?.postMessage('keep'))
}
