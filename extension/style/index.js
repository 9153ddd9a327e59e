import "./base.css";
import "./panels.css";
import "./compare.css";
