import 'element-plus/theme-chalk/base.css'
import './look/tokens.css'
import './look/kit.css'
import { createApp } from 'vue'
import App from './App.vue'
import { letScrollByKeys } from './look/scrolling'
import { router } from './router'
import { keepStrayFilesOut } from './shell/strayFiles'
import { en } from './words/desk.en'
import { zh } from './words/desk.zh'
import { createWords } from './words/words'

keepStrayFilesOut()
letScrollByKeys()
createApp(App).use(createWords(zh, en)).use(router).mount('#app')
