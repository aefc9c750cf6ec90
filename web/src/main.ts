import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/people.css';
import './styles/print.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { showTheme, theme } from './state/theme';

showTheme(theme());
mount(App, { target: document.getElementById('app') as HTMLElement });
